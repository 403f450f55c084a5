import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { credentialProcessLine, isHallpassCommand } from '#core/awsfiles/command-line.ts'
import { locateAwsFiles } from '#core/awsfiles/index.ts'
import { splitShellWords } from '#core/awsfiles/readers/python-text.ts'
import { nameField, profileNameField } from '#shared/fields.ts'
import { profileNameFor } from '#shared/profile-name.ts'

describe('the credential_process line', () => {
  it.each([
    ['/opt/hp/bin/hallpass', 'dev', 'linux', '"/opt/hp/bin/hallpass" credential-process "dev"'],
    ['/Users/J D/Library/bin/hallpass', 'a b', 'darwin', '"/Users/J D/Library/bin/hallpass" credential-process "a b"'],
    ['C:\\Users\\J D\\bin\\hallpass.cmd', 'x', 'win32', '"C:\\Users\\J D\\bin\\hallpass.cmd" credential-process "x"'],
    ['/home/josé/bin/hallpass', 'x', 'linux', '"/home/josé/bin/hallpass" credential-process "x"'],
  ] as const)('quotes %s', (shim, name, platform, line) => {
    expect(credentialProcessLine(shim, name, platform)).toBe(line)
    expect(isHallpassCommand(line)).toBe(true)
  })

  it.each([
    ['/a"b/hallpass', 'linux'],
    ['/a$b/hallpass', 'linux'],
    ['/a`b/hallpass', 'linux'],
    ['/a\\b/hallpass', 'linux'],
    ['/a\nb/hallpass', 'linux'],
    ['/a #b/hallpass', 'linux'],
    ['C:\\100%\\hallpass.cmd', 'win32'],
    ['C:\\a^b\\hallpass.cmd', 'win32'],
  ] as const)('refuses %j', (shim, platform) => {
    expect(() => credentialProcessLine(shim, 'x', platform)).toThrow(expect.objectContaining({ code: 'input.invalid' }))
  })

  it.each(['/usr/bin/other --profile x', '"/x/hallpass" version', '"/x/hallpass" credential-process "a" | tee f'])(
    'does not take %j for Hallpass’s own',
    (line) => {
      expect(isHallpassCommand(line)).toBe(false)
    },
  )

  it('takes every name Hallpass allows, and comes apart again as it was put together', () => {
    const name = fc
      .stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.@+=,:/ -]{0,20}$/)
      .filter((text) => nameField.safeParse(text).success)
    fc.assert(
      fc.property(name, (text) => {
        const line = credentialProcessLine('/opt/my apps/hallpass', text, 'linux')
        expect(splitShellWords(line)).toEqual(['/opt/my apps/hallpass', 'credential-process', text])
      }),
    )
  })
})

describe('profile names', () => {
  it.each([
    ['dev', 'dev'],
    ['Dev admin', 'Dev-admin'],
    ['a=b,c', 'a-b-c'],
    ['DEFAULT', 'hallpass-DEFAULT'],
    ['__proto__', 'hallpass-__proto__'],
    ['constructor', 'hallpass-constructor'],
  ])('of %j is %j', (name, profile) => {
    expect(profileNameFor(name)).toBe(profile)
  })

  it('are safe whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 64 }), (name) => {
        expect(profileNameField.safeParse(profileNameFor(name)).success).toBe(true)
      }),
    )
  })
})

describe('where the files are', () => {
  it.each([
    [{}, '/h/.aws/config', '/h/.aws/credentials'],
    [{ AWS_CONFIG_FILE: '~/c', AWS_SHARED_CREDENTIALS_FILE: '/etc/k' }, '/h/c', '/etc/k'],
    [{ AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: 'k' }, '/h/.aws/config', resolve('k')],
    [{ AWS_CONFIG_FILE: '~other/c' }, resolve('~other/c'), '/h/.aws/credentials'],
  ])('%j', (env, config, credentials) => {
    expect(locateAwsFiles(env, '/h')).toEqual({ config, credentials })
  })

  it('is the home folder of the environment, or else the user’s', () => {
    expect(locateAwsFiles({ HOME: '/e' }).config).toBe('/e/.aws/config')
    expect(locateAwsFiles({}).config).toBe(join(homedir(), '.aws', 'config'))
  })
})
