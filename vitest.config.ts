import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const limits = { testTimeout: 30_000, hookTimeout: 60_000 }
const cores = availableParallelism()
/** Tests that start dozens of processes at once: beside others they would measure how busy the machine is. */
const crowds = ['test/integration/{awsfiles-concurrency,sessions-hundred}.test.ts']
const builtCommand = 'test/integration/cli-support/build.ts'
/**
 * Tests of plain functions and objects, whose files share a thread and what it has loaded: a third of a second less for each.
 * None of them replaces a module, a prototype, a global or the clock.
 */
export const plain = ['test/unit/{core,renderer,shared}/**/*.test.ts']
export const notPlain = [
  'test/unit/core/awsfiles/**/*.test.ts',
  'test/unit/core/create-hallpass.test.ts',
  'test/unit/core/activity/waiting.test.ts',
  'test/unit/core/aws/client-settings.test.ts',
  'test/unit/core/credentials-endpoint/source.test.ts',
  'test/unit/core/desktop/{left-to-do,notices}.test.ts',
  'test/unit/core/lock/idle-watch.test.ts',
  'test/unit/core/rotation/watch-due.test.ts',
  'test/unit/core/sessions/engine.test.ts',
  'test/unit/core/vault/file/keys.test.ts',
  'test/unit/renderer/time.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      // Much of what is tested waits for other processes: with one worker for each core, cores would idle.
      {
        test: {
          ...limits,
          name: 'plain',
          include: plain,
          exclude: notPlain,
          pool: 'threads',
          isolate: false,
          maxWorkers: cores + 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...limits,
          name: 'unit',
          include: ['test/fuzz/**/*.test.ts', 'test/unit/!(core|renderer|shared)/**/*.test.ts', ...notPlain],
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
          globalSetup: builtCommand,
          pool: 'forks',
          maxWorkers: cores + 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...limits,
          name: 'crowds',
          include: crowds,
          globalSetup: builtCommand,
          pool: 'forks',
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
