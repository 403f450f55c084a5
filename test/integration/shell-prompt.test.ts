/** The prompt of real shells: what it says of the environment and the list of profiles, and that both are only data to it. */
import { execFile } from 'node:child_process'
import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  baseEnv,
  missing,
  openShells,
  printed,
  REAL_SHELLS,
  type RealShell,
  type ShellWorld,
} from '../support/shells.ts'

const run = promisify(execFile)

/** A red background, by itself or with more. */
const RED = /\[(?:\d+;)*41m/

let world: ShellWorld
let home: string
let config: string
const scripts = new Map<RealShell, string>()

beforeAll(async () => {
  world = await openShells()
  home = join(world.folder, "it's home")
  config = join(world.folder, '.aws/config')
  await mkdir(home)
  // As the command would bake it in, without HALLPASS_HOME: Linux's app-data folder.
  for (const shell of REAL_SHELLS) scripts.set(shell, await printed(['prompt', shell], { XDG_CONFIG_HOME: home }))
  home = join(home, 'Hallpass')
  await mkdir(home)
})
afterAll(() => world.end())
beforeEach(() => list([]))

/** Seconds since the epoch, nearly a minute past the whole one that is shown. */
const inMinutes = (minutes: number) => Math.floor(Date.now() / 1000) + minutes * 60 + 58

function list(lines: readonly (readonly (string | number)[])[], folder = home): Promise<void> {
  return writeFile(join(folder, 'prompt.tsv'), lines.map((fields) => `${fields.join('\t')}\n`).join(''))
}

/** `ENVIRONMENT|TEXT`, or `|` without anything to say. */
async function state(shell: RealShell, env: Readonly<Record<string, string>>): Promise<string> {
  const ask = {
    bash: `_hallpass_state; printf '%s|%s' "$_hallpass_environment" "$_hallpass_text"`,
    zsh: `_hallpass_state; printf '%s|%s' "$_hallpass_environment" "$_hallpass_text"`,
    fish: `set -l it (__hallpass_state); printf '%s|%s' "$it[1]" "$it[2]"`,
  }
  const options = shell === 'zsh' ? ['-f'] : shell === 'bash' ? ['--norc'] : ['--no-config']
  const words = [...options, '-c', `${scripts.get(shell)}\n${ask[shell]}`]
  const { stdout, stderr } = await run(shell, words, { env: { ...baseEnv(world.folder), ...env }, cwd: world.folder })
  expect(stderr).toBe('')
  return stdout
}

describe.each(REAL_SHELLS)('%s', (shell) => {
  beforeEach((context) => {
    const why = missing(shell)
    if (why) context.skip(why)
  })
  it('shows the role of AWS_PROFILE and its time left', async () => {
    await list([
      [config, 'admin', inMinutes(47), 'prod', 'Prod admin'],
      [config, 'web', inMinutes(330), 'staging', 'web'],
      [config, 'lab', inMinutes(60), 'dev', 'lab'],
      [config, 'misc', inMinutes(59), '-', 'misc'],
      [config, 'gone', inMinutes(-3), 'other', 'gone'],
      [config, 'soon', inMinutes(-1) + 1, '-', 'soon'],
      [config, 'idle', 0, 'prod', 'idle'],
      ['/elsewhere/config', 'admin', inMinutes(5), '-', 'another'],
    ])
    const of = (AWS_PROFILE: string) => state(shell, { AWS_PROFILE })
    expect(await of('admin')).toBe('prod|[PRODUCTION Prod admin 47m]')
    expect(await of('web')).toBe('staging|[staging web 5h30m]')
    expect(await of('lab')).toBe('dev|[dev lab 1h0m]')
    expect(await of('misc')).toBe('-|[misc 59m]')
    expect(await of('gone')).toBe('other|[gone expired]')
    expect(await of('soon')).toMatch(/^-\|\[soon (?:\d+s|expired)\]$/)
    expect(await of('idle')).toBe('prod|[PRODUCTION idle inactive]')
    expect(await of('unknown')).toBe('|')
  })

  it('takes the profile that AWS tools would take, of the file they would read', async () => {
    await list([
      [config, 'default', inMinutes(10), '-', 'main'],
      [config, 'a', inMinutes(20), '-', 'role-a'],
      [config, 'b', inMinutes(30), '-', 'role-b'],
      [join(world.folder, 'other'), 'a', inMinutes(40), '-', 'other-a'],
    ])
    expect(await state(shell, {})).toBe('-|[main 10m]')
    expect(await state(shell, { AWS_DEFAULT_PROFILE: 'b' })).toBe('-|[role-b 30m]')
    expect(await state(shell, { AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'a' })).toBe('-|[role-a 20m]')
    expect(await state(shell, { AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'b' })).toBe(
      '-|[role-a 20m +AWS_DEFAULT_PROFILE]',
    )
    for (const AWS_CONFIG_FILE of ['~/other', 'other', join(world.folder, 'other')])
      expect(await state(shell, { AWS_PROFILE: 'a', AWS_CONFIG_FILE })).toBe('-|[other-a 40m]')
    expect(await state(shell, { AWS_PROFILE: 'a', AWS_CONFIG_FILE: '/nowhere' })).toBe('|')
  })

  it('shows whose credentials the environment holds, and says nothing of those of others', async () => {
    await list([[config, 'a', inMinutes(20), '-', 'role-a']])
    const mark = { HALLPASS_SESSION: `ASIAONE ${inMinutes(47)} prod Prod admin` }
    expect(await state(shell, { ...mark, AWS_ACCESS_KEY_ID: 'ASIAONE' })).toBe('prod|[PRODUCTION Prod admin 47m]')
    expect(await state(shell, { ...mark, AWS_ACCESS_KEY_ID: 'ASIATWO' })).toBe('|')
    expect(await state(shell, mark)).toBe('|')
    expect(await state(shell, { ...mark, AWS_ACCESS_KEY_ID: 'ASIAONE', AWS_PROFILE: 'a' })).toBe(
      'prod|[PRODUCTION Prod admin 47m +AWS_PROFILE]',
    )
    expect(await state(shell, { ...mark, AWS_ACCESS_KEY_ID: 'ASIATWO', AWS_PROFILE: 'a' })).toBe(
      '-|[role-a 20m +AWS_ACCESS_KEY_ID]',
    )
    const over = { HALLPASS_SESSION: `ASIAONE ${inMinutes(-9)} - x`, AWS_ACCESS_KEY_ID: 'ASIAONE' }
    expect(await state(shell, over)).toBe('-|[x expired]')
  })

  it('shows a served role, unless a profile comes before it', async () => {
    await list([[config, 'a', inMinutes(20), '-', 'role-a']])
    const uri = 'http://127.0.0.1:4000/x'
    const served = { HALLPASS_SESSION: `${uri} 0 prod api`, AWS_CONTAINER_CREDENTIALS_FULL_URI: uri }
    expect(await state(shell, served)).toBe('prod|[PRODUCTION api served]')
    expect(await state(shell, { ...served, AWS_PROFILE: 'a' })).toBe('-|[role-a 20m]')
    expect(await state(shell, { ...served, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${uri}y` })).toBe('|')
  })

  it('reads the list where HALLPASS_HOME says, and does without one', async () => {
    const other = join(world.folder, 'state')
    await mkdir(other, { recursive: true })
    await list([[config, 'a', inMinutes(20), '-', 'there']], other)
    expect(await state(shell, { AWS_PROFILE: 'a', HALLPASS_HOME: other })).toBe('-|[there 20m]')
    await rm(join(home, 'prompt.tsv'))
    expect(await state(shell, { AWS_PROFILE: 'a' })).toBe('|')
  })

  it('takes what it reads for data, whatever it is', async () => {
    const trap = join(world.folder, 'trap')
    const bad = `$(touch trap)\`touch trap\`\\$(touch trap);%1v%(?.a.b)'"\\`
    await list([
      [config, 'a', inMinutes(20), '-', bad],
      [config, 'b', 'x[$(touch trap)]', '-', 'name'],
    ])
    expect(await state(shell, { AWS_PROFILE: 'a' })).toBe(`-|[${bad} 20m]`)
    expect(await state(shell, { AWS_PROFILE: 'b' })).toBe('|')
    const marked = { HALLPASS_SESSION: 'K a[$(>trap)] prod x', AWS_ACCESS_KEY_ID: 'K' }
    expect(await state(shell, marked)).toBe('|')
    const escapes = { HALLPASS_SESSION: `K ${inMinutes(5)} prod \u001b[2Jx\u0007`, AWS_ACCESS_KEY_ID: 'K' }
    expect(await state(shell, escapes)).toBe('prod|[PRODUCTION [2Jx 5m]')
    const shown = await world.show(shell, ['hallpass one', 'hallpass two'], {
      script: scripts.get(shell) ?? '',
      env: { AWS_PROFILE: 'a' },
    })
    expect(shown.screen).toContain(bad)
    await expect(access(trap)).rejects.toThrow()
  })

  it('puts it in front of the prompt: production on red, and without colour where that is wished', async () => {
    await list([[config, 'a', inMinutes(20), 'prod', 'api']])
    const script = scripts.get(shell) ?? ''
    const text = '[PRODUCTION api 20m]'
    const colored = await world.show(shell, ['hallpass one', 'hallpass two'], { script, env: { AWS_PROFILE: 'a' } })
    expect(colored.ran).toEqual([['one'], ['two']])
    expect(colored.screen).toMatch(RED)
    expect(stripVTControlCharacters(colored.screen)).toContain(text)
    const plain = await world.show(shell, ['hallpass one'], { script, env: { AWS_PROFILE: 'a', NO_COLOR: '1' } })
    expect(plain.screen).toContain(text)
    expect(plain.screen).not.toMatch(RED)
    const silent = await world.show(shell, ['hallpass one'], { script, env: { AWS_PROFILE: 'b' } })
    expect(stripVTControlCharacters(silent.screen)).not.toContain('[')
  })

  it('leaves the exit code to the prompt that was there', async () => {
    await list([[config, 'a', inMinutes(20), 'prod', 'api']])
    const own = {
      bash: `PS1='<$> code=$? '\n`,
      zsh: `PROMPT='<$> code=%? '\n`,
      fish: `function fish_prompt; set -l code $status; echo -n '<$> code='$code' '; end\n`,
    }
    const { screen } = await world.show(shell, ['sh -c "exit 7"; hallpass one; sh -c "exit 7"', 'hallpass two'], {
      script: own[shell] + (scripts.get(shell) ?? ''),
      env: { AWS_PROFILE: 'a' },
    })
    expect(screen).toContain('code=7')
  })
})

it('is the same in every shell for any name that Hallpass may store', async () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.@+=,:/ -]{0,20}[A-Za-z0-9_.@+=,:/-]$/)
  const one = fc.record({ name, environment: fc.constantFrom('prod', 'staging', 'dev', 'other', '-') })
  await fc.assert(
    fc.asyncProperty(one, async ({ name, environment }) => {
      await list([[config, 'a', inMinutes(20), environment, name]])
      const words: Record<string, string> = { prod: 'PRODUCTION ', staging: 'staging ', dev: 'dev ' }
      for (const shell of REAL_SHELLS.filter((each) => !missing(each)))
        expect(await state(shell, { AWS_PROFILE: 'a' })).toBe(`${environment}|[${words[environment] ?? ''}${name} 20m]`)
    }),
    { numRuns: 15 },
  )
})
