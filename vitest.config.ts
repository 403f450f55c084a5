import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const limits = { testTimeout: 30_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    // Much of what is tested waits for other processes: a core left to Vitest itself would idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { test: { ...limits, name: 'unit', include: ['test/{unit,fuzz}/**/*.test.ts'], pool: 'threads' } },
      // Processes, not threads: libsecret, behind keytar, can be loaded into a process only once.
      {
        test: {
          ...limits,
          name: 'integration',
          include: ['test/{integration,electron-stand-in}/**/*.test.ts'],
          pool: 'forks',
        },
      },
    ],
  },
})
