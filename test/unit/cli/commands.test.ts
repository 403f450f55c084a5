/** The table of commands: complete, loadable, and every example of its help is understood by the parser. */
import { describe, expect, it } from 'vitest'
import { COMMANDS, GROUPS } from '../../../src/cli/commands/index.ts'
import { buildProgram } from '../../../src/cli/program.ts'
import { makeHost } from './support.ts'

const names = COMMANDS.map((command) => command.path.join(' '))

describe('the table of commands', () => {
  it('has the commands of the contract', () => {
    expect(names.toSorted()).toEqual(
      [
        ...['status', 'init', 'change-passphrase', 'unlock', 'lock', 'accept'].map((word) => `vault ${word}`),
        ...['add', 'add-profile', 'edit', 'import-csv', 'list', 'remove', 'rotate', 'show', 'test'].map(
          (verb) => `identity ${verb}`,
        ),
        ...['add-totp', 'remove-totp', 'totp'].map((verb) => `identity ${verb}`),
        ...['add', 'edit', 'list', 'remove', 'show'].map((verb) => `role ${verb}`),
        ...['environment', 'list', 'name'].map((verb) => `account ${verb}`),
        ...['adopt', 'list', 'remove', 'undo', 'write'].map((verb) => `profile ${verb}`),
        ...['chain', 'check', 'show'].map((verb) => `files ${verb}`),
        ...['aws-files', 'aws-vault', 'catalogue', 'csv', 'leapp', 'switch-roles'].map((what) => `import ${what}`),
        ...['export', 'forget', 'list', 'pull'].map((verb) => `catalogue ${verb}`),
        ...['end', 'list'].map((verb) => `session ${verb}`),
        ...['add', 'discover', 'list', 'login', 'logout', 'share'].map((verb) => `sso ${verb}`),
        ...['add', 'close', 'drill', 'kit', 'list', 'open', 'plan', 'remove', 'rotate', 'setup', 'show', 'undo'].map(
          (verb) => `breakglass ${verb}`,
        ),
        ...['list', 'set', 'unset'].map((verb) => `browser ${verb}`),
        ...['export', 'list', 'verify'].map((verb) => `activity ${verb}`),
        ...['agent', 'assume', 'console', 'credential-process', 'doctor', 'exec', 'practice', 'switch-link'],
        ...['completion', 'prompt'],
      ].toSorted(),
    )
  })

  it.each(COMMANDS.filter((command) => !command.path.includes('practice')))(
    'loads the handler of $path',
    async (command) => {
      expect(await command.load()).toBeTypeOf('function')
    },
  )

  it.each(COMMANDS.flatMap(({ path, examples }) => examples.map(({ run }) => ({ run, path }))))(
    'understands its example: $run',
    async ({ run, path }) => {
      const [, line = ''] = /hallpass ((?:[^|&)">]|"[^"]*")*)/.exec(run) ?? []
      const words = Array.from(line.matchAll(/"([^"]*)"|[^ ]+/g), ([word, quoted]) => quoted ?? word)
      const ran: (readonly string[])[] = []
      const program = buildProgram({
        host: makeHost(),
        groups: GROUPS,
        commands: COMMANDS,
        run: async (descriptor) => {
          ran.push(descriptor.path)
        },
      })
      await program.parseAsync(words, { from: 'user' })
      expect(ran).toEqual([path])
    },
  )

  it('offers --json on every command that lists or results in something', () => {
    const without = COMMANDS.filter((command) => !command.json).map((command) => command.path.join(' '))
    expect(without).toEqual(['exec', 'credential-process', 'completion', 'prompt'])
  })
})
