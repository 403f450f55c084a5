import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'

// Where Electron's binary could not be downloaded, its launcher is pointed at the stand-in (docs/architecture.md).
if (!existsSync('node_modules/electron/path.txt'))
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= resolve('test/electron-stand-in')

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.e2e.ts',
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  reporter: 'list',
})
