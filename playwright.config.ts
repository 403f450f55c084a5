import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'

// Where Electron's binary could not be downloaded, its launcher is pointed at the stand-in (docs/architecture.md).
if (!existsSync('node_modules/electron/path.txt'))
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= resolve('test/electron-stand-in')

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.e2e.ts',
  // Each is several processes at once: one more than there are cores ends no sooner, and each takes half as long again.
  workers: availableParallelism(),
  fullyParallel: true,
  timeout: 60_000,
  // A limit, not a wait: on a busy machine, what takes a second alone took over five.
  expect: { timeout: 15_000 },
  reporter: 'list',
})
