/** Completion in real shells: a person types, presses Tab and Return, and the command gets the words that were meant. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { missing, openShells, REAL_SHELLS, type ShellWorld } from '../support/shells.ts'

let world: ShellWorld

beforeAll(async () => {
  world = await openShells()
})
afterAll(() => world.end())

/** Every form a name of Hallpass may have, and some that it may not, but that must not run as code either. */
const AWKWARD = [
  'a+b=c,d.e@f-g_h',
  'b:c:d/e',
  'c two words',
  'd $(touch gone) `x`',
  'e*?[z]{a,b}',
  "f it's",
  'g "so" \\ to',
  'h~;&|<>#!%^',
  'i@prod:x y=z',
]

describe.each(REAL_SHELLS)('%s', (shell) => {
  beforeEach(async (context) => {
    const why = missing(shell)
    if (why) return context.skip(why)
    await world.names('roles', ['prod-admin\t123456789012, prod, 12 min left', 'staging\t123456789012'])
    await world.names('targets', ['prod-admin\t123456789012, prod', 'work\t123456789012, identity'])
    await world.names('identities', ['work\tidentity'])
    await world.names('profiles', ['acme-ro\tfor prod-admin, process'])
    await world.names('aws-profiles', ['legacy\tin the config file'])
    await world.names('sessions', ['prod-admin\t12 min left'])
  })

  it('completes commands, options, choices and names of each kind', async () => {
    const ran = await world.type(shell, [
      'hallpass ide\tli\t',
      'hallpass role sh\tpr\t',
      'hallpass role add new --fr\two\t --envi\tpro\t',
      'hallpass assume pr\t --form\tpowe\t',
      'hallpass assume --format=powe\t work',
      'hallpass identity sh\tw\t',
      'hallpass profile rem\tac\t',
      'hallpass files cha\tleg\t',
      'hallpass session en\tpro\t --js\t',
      'hallpass assume --duration 1h pro\t',
      'hallpass completion pow\t',
      'hallpass help swi\t',
      'hallpass role help ed\t',
    ])
    // Zsh writes --option=value.
    const apart = ran.map((words) => words.flatMap((word) => word.split('=')))
    expect(apart).toEqual([
      ['identity', 'list'],
      ['role', 'show', 'prod-admin'],
      ['role', 'add', 'new', '--from', 'work', '--environment', 'prod'],
      ['assume', 'prod-admin', '--format', 'powershell'],
      ['assume', '--format', 'powershell', 'work'],
      ['identity', 'show', 'work'],
      ['profile', 'remove', 'acme-ro'],
      ['files', 'chain', 'legacy'],
      ['session', 'end', 'prod-admin', '--json'],
      ['assume', '--duration', '1h', 'prod-admin'],
      ['completion', 'powershell'],
      ['help', 'switch-link'],
      ['role', 'help', 'edit'],
    ])
  })

  it('offers nothing where only the person knows: no file names, no names of roles', async () => {
    await writeFile(join(world.folder, 'zebra'), '')
    await world.names('targets', ['zulu\trole'])
    const ran = await world.type(shell, [
      'hallpass identity add z\t',
      'hallpass assume prod --mfa-code z\t',
      'hallpass role list z\t',
      'hallpass role show z\t',
    ])
    expect(ran.map((words) => words.at(-1))).toEqual(['z', 'z', 'z', 'z'])
  })

  it('completes files where a file is wanted, folders and blanks included', async () => {
    await mkdir(join(world.folder, 'down loads'), { recursive: true })
    await writeFile(join(world.folder, 'down loads/keys.csv'), '')
    const ran = await world.type(shell, [
      'hallpass identity import-csv dow\tke\t',
      'hallpass role edit prod-admin --policy dow\tke\t',
    ])
    expect(ran).toEqual([
      ['identity', 'import-csv', 'down loads/keys.csv'],
      ['role', 'edit', 'prod-admin', '--policy', 'down loads/keys.csv'],
    ])
  })

  it('completes what follows exec NAME -- as the command it is', async () => {
    await mkdir(join(world.folder, 'deep'), { recursive: true })
    await writeFile(join(world.folder, 'deep/file.txt'), '')
    const ran = await world.type(shell, [
      'hallpass exec pr\t -- hallpa\trole sh\tsta\t',
      'hallpass exec work -- cat dee\tfi\t',
    ])
    expect(ran).toEqual([
      ['exec', 'prod-admin', '--', 'hallpass', 'role', 'show', 'staging'],
      ['exec', 'work', '--', 'cat', 'deep/file.txt'],
    ])
  })

  it('gives a name back as it is, whatever it holds', async () => {
    await world.names(
      'roles',
      AWKWARD.map((name) => `${name}\tabout: it [x]`),
    )
    const ran = await world.type(
      shell,
      AWKWARD.map((name) => `hallpass role show ${name.charAt(0)}\t`),
    )
    expect(ran.map((words) => words[2])).toEqual(AWKWARD)
  })

  it('goes on from the middle of a name, quoted or not, and from behind what breaks words', async () => {
    await world.names('roles', ['my role:a=b@c d\tx', 'plain:one\tx'])
    const ran = await world.type(shell, [
      'hallpass role show my\\ ro\t',
      'hallpass role show "my ro\t',
      "hallpass role show 'my ro\t",
      'hallpass role show my\\ role:a=\t',
      'hallpass role show my\\ role:a=b@\t',
      'hallpass role show my\\ role:a=b@c\t',
      'hallpass role show plain:\t',
      'hallpass role show plain:o\t',
    ])
    const wanted = ['my role:a=b@c d', 'plain:one']
    expect(ran.map((words) => words[2])).toEqual([0, 0, 0, 0, 0, 0, 1, 1].map((index) => wanted[index]))
  })

  it('gives any name back that Hallpass may store', async () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.@+=,:/ -]{0,20}[A-Za-z0-9_.@+=,/-]$/)
    const valid = name.filter((text) => !text.includes('  '))
    await fc.assert(
      fc.asyncProperty(fc.array(valid, { minLength: 8, maxLength: 8 }), async (names) => {
        // A digit in front tells them apart, so that one letter and a Tab are enough.
        const numbered = names.map((text, index) => `${index}${text}`)
        await world.names('roles', numbered)
        const ran = await world.type(
          shell,
          numbered.map((_name, index) => `hallpass role show ${index}\t`),
        )
        expect(ran.map((words) => words[2])).toEqual(numbered)
      }),
      { numRuns: 3 },
    )
  })

  it('says what a name stands for', async () => {
    if (shell === 'bash') return
    const { screen } = await world.show(shell, ['hallpass role show \t\t\u0015hallpass role list'])
    expect(screen).toContain('12 min left')
  })
})
