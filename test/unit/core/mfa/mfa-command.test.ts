import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkMfaCommand, runMfaCommand } from '#core/mfa/mfa-command.ts'
import { splitCommand } from '#core/mfa/split-command.ts'

const isWindows = process.platform === 'win32'
if (isWindows) process.stderr.write('skipped: running MFA commands, because the scripts here are for POSIX shells\n')

describe('splitCommand', () => {
  it.each([
    ['ykman oath accounts code -s aws', ['ykman', 'oath', 'accounts', 'code', '-s', 'aws']],
    ['"/opt/my tools/code" --name "Amazon Web"', ['/opt/my tools/code', '--name', 'Amazon Web']],
    ["op item get 'AWS prod' --otp", ['op', 'item', 'get', 'AWS prod', '--otp']],
    ['a\\ b $HOME `x` | y > z ~', ['a b', '$HOME', '`x`', '|', 'y', '>', 'z', '~']],
    ['key ""', ['key', '']],
  ])('on POSIX: %s', (text, words) => {
    expect(splitCommand(text, 'linux')).toEqual(words)
  })

  it.each([
    ['"C:\\Program Files\\Yubico\\ykman.exe" oath', ['C:\\Program Files\\Yubico\\ykman.exe', 'oath']],
    ["tool 'a b'", ['tool', "'a", "b'"]],
    ['tool "say \\"hi\\"" c:\\x\\', ['tool', 'say "hi"', 'c:\\x\\']],
    ['tool "c:\\dir\\\\" next', ['tool', 'c:\\dir\\', 'next']],
  ])('on Windows: %s', (text, words) => {
    expect(splitCommand(text, 'win32')).toEqual(words)
  })

  it.each([
    ['linux', 'tool "open'],
    ['linux', "tool 'open"],
    ['linux', 'tool \\'],
    ['linux', '   '],
    ['win32', 'tool "open'],
    ['win32', '""'],
  ] as const)('refuses on %s: %s', (platform, text) => {
    expect(() => splitCommand(text, platform)).toThrow(expect.objectContaining({ code: 'input.invalid' }))
  })

  const words = fc.array(fc.string(), { minLength: 1 }).filter(([first]) => first !== '')
  it('gives back any words that were quoted for POSIX', () => {
    const quote = (word: string) => `"${word.replaceAll(/[\\"]/g, '\\$&')}"`
    fc.assert(
      fc.property(words, (list) => {
        expect(splitCommand(list.map(quote).join(' '), 'linux')).toEqual(list)
      }),
    )
  })

  it('gives back any words that were quoted for Windows', () => {
    // Backslashes double before a quote, and before the closing one.
    const quote = (word: string) =>
      `"${word.replaceAll(/(\\*)("|$)/g, (_all, slashes: string, end: string) => slashes + slashes + (end && '\\"'))}"`
    fc.assert(
      fc.property(words, (list) => {
        expect(splitCommand(list.map(quote).join(' '), 'win32')).toEqual(list)
      }),
    )
  })
})

describe.skipIf(isWindows)('runMfaCommand', () => {
  let folder: string
  const program = (name: string, body: string, mode = 0o755) => {
    const path = join(folder, name)
    writeFileSync(path, `#!/bin/sh\n${body}\n`)
    chmodSync(path, mode)
    return path
  }
  const env = () => ({ ...process.env, PATH: `relative:${folder}:/usr/bin:/bin` })

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mfa-command-'))
    program('code', 'echo "123456"')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('takes six digits, by absolute path and by name', async () => {
    expect(await runMfaCommand(join(folder, 'code'), { env: env() })).toBe('123456')
    expect(await runMfaCommand('code', { env: env() })).toBe('123456')
  })

  it('passes words on as they are: there is no shell', async () => {
    program('words', '[ "$#" = 3 ] && [ "$1" = "a b" ] && [ "$2" = "\\$HOME;" ] && [ "$3" = "*" ] && echo 654321')
    expect(await runMfaCommand('words "a b" $HOME; *', { env: env() })).toBe('654321')
  })

  it('gives it no input, no credentials and no passphrase', async () => {
    program(
      'looks',
      'cat; [ -z "$AWS_ACCESS_KEY_ID$AWS_PROFILE$HALLPASS_PASSPHRASE" ] && [ -n "$KEPT" ] && echo 111111',
    )
    const secrets = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_PROFILE: 'x', HALLPASS_PASSPHRASE: 'y', KEPT: 'z' }
    expect(await runMfaCommand('looks', { env: { ...env(), ...secrets } })).toBe('111111')
  })

  it.each([
    ['nothing', ':'],
    ['words around the code', 'echo "aws: 123456"'],
    ['two codes', 'echo 123456; echo 654321'],
    ['eight digits', 'echo 12345678'],
    ['an endless stream', 'yes | head -c 3000000'],
  ])('refuses %s, without repeating it', async (_what, body) => {
    program('other', `${body}\necho "to touch" >&2`)
    const error = await runMfaCommand('other', { env: env() }).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'mfa.command-output', details: 'to touch' })
    expect(JSON.stringify(error)).not.toContain('123456')
  })

  it('says what it said when it fails, redacted', async () => {
    program('fails', 'echo "no key; secret=abcdefghijk" >&2; exit 3')
    const error = await runMfaCommand('fails', { env: env() }).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'mfa.command-failed', message: 'The MFA command fails failed (3).' })
    expect(error).toMatchObject({ details: expect.stringMatching(/^no key; secret=(?!abc)/) })
  })

  it('ends one that takes too long, whatever it has started', async () => {
    program('hangs', 'echo "touch your key" >&2; sleep 60 & sleep 60')
    const error = await runMfaCommand('hangs', { env: env(), timeoutMs: 300 }).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'mfa.command-timeout', details: 'touch your key' })
  })

  it.each([
    ['missing', 'nowhere-to-be-found', 'mfa.command-not-found'],
    ['missing by path', '/nowhere/code', 'mfa.command-not-found'],
    ['a folder', '/usr', 'mfa.command-not-found'],
    ['relative', './code', 'input.invalid'],
    ['at home, as a shell would have it', '~/code', 'input.invalid'],
    ['an open quote', 'code "', 'input.invalid'],
  ])('refuses a program that is %s', async (_what, command, code) => {
    expect(() => checkMfaCommand(command, env())).toThrow(expect.objectContaining({ code }))
    await expect(runMfaCommand(command, { env: env() })).rejects.toMatchObject({ code })
  })

  it('refuses a program that anybody may change, also through a link, and one that can’t be executed', () => {
    symlinkSync(program('open', 'echo 123456', 0o777), join(folder, 'link'))
    program('text', 'echo 123456', 0o644)
    expect(() => checkMfaCommand('open', env())).toThrow(/may change/)
    expect(() => checkMfaCommand('link', env())).toThrow(/may change/)
    expect(() => checkMfaCommand('text', env())).toThrow(/no program text/)
  })
})
