import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const limits = { testTimeout: 30_000, hookTimeout: 60_000 }
const cores = availableParallelism()
/** Tests that start dozens of processes at once: beside others they would measure how busy the machine is. */
const crowds = ['test/integration/{awsfiles-concurrency,sessions-hundred}.test.ts']

export default defineConfig({
  test: {
    projects: [
      // Much of what is tested waits for other processes: with one worker for each core, cores would idle.
      {
        test: {
          ...limits,
          name: 'unit',
          include: ['test/{unit,fuzz}/**/*.test.ts'],
          pool: 'threads',
          maxWorkers: cores + 1,
          sequence: { groupOrder: 1 },
        },
      },
      // Processes, not threads: libsecret, behind keytar, can be loaded into a process only once.
      {
        test: {
          ...limits,
          name: 'integration',
          include: ['test/{integration,electron-stand-in}/**/*.test.ts'],
          exclude: crowds,
          pool: 'forks',
          maxWorkers: cores + 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: { ...limits, name: 'crowds', include: crowds, pool: 'forks', maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
