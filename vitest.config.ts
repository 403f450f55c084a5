import { defineConfig } from 'vitest/config'

const limits = { testTimeout: 30_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
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
