import { describe, expect, test } from 'vitest'
import { classifyVaultError, vaultError } from '#core/vault/vault-errors.ts'
import { HallpassError } from '#shared/errors.ts'

// Word for word what libsecret/GDBus, SecCopyErrorMessageString and FormatMessage say.
const RAW: [NodeJS.Platform, string, string][] = [
  ['linux', 'Cannot autolaunch D-Bus without X11 $DISPLAY', 'vault.no-dbus'],
  ['linux', 'Could not connect: No such file or directory', 'vault.no-dbus'],
  ['linux', 'Could not connect: Connection refused', 'vault.no-dbus'],
  ['linux', 'The connection is closed', 'vault.no-dbus'],
  ['linux', 'Failed to execute child process “dbus-launch” (No such file or directory)', 'vault.no-dbus'],
  ['linux', 'The name org.freedesktop.secrets was not provided by any .service files', 'vault.no-service'],
  ['linux', 'Process org.freedesktop.secrets exited with status 1', 'vault.no-service'],
  ['linux', 'GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name is not activatable', 'vault.no-service'],
  ['linux', 'Cannot create an item in a locked collection', 'vault.locked'],
  ['linux', 'Prompt was dismissed', 'vault.dismissed'],
  ['linux', 'GDBus.Error:org.freedesktop.DBus.Error.AccessDenied: Access denied by policy', 'vault.denied'],
  ['linux', 'Failed to load keytar native addon, checked ["../build/Release"]', 'vault.no-library'],
  ['darwin', 'User canceled the operation.', 'vault.dismissed'],
  ['darwin', 'The user name or passphrase you entered is not correct.', 'vault.denied'],
  ['darwin', "A required entitlement isn't present.", 'vault.denied'],
  ['darwin', 'Write permissions error.', 'vault.denied'],
  ['darwin', 'User interaction is not allowed.', 'vault.locked'],
  ['darwin', 'A default keychain could not be found.', 'vault.no-service'],
  ['darwin', 'The specified keychain could not be found.', 'vault.no-service'],
  ['darwin', 'An unknown error occurred.', 'vault.failed'],
  ['win32', 'Access is denied.\r\n', 'vault.denied'],
  ['win32', 'A specified logon session does not exist. It may already have been terminated.\r\n', 'vault.no-service'],
  ['win32', 'Zugriff verweigert\r\n', 'vault.failed'],
]

describe('classifyVaultError', () => {
  test.each(RAW)('%s: %s → %s', (platform, raw, code) => {
    const error = classifyVaultError(new Error(raw), platform)
    expect(error.code).toBe(code)
    expect(error.exitCode).toBe(5)
    expect(error.details).toBe(raw)
    expect(error.message).toMatch(/\.$/)
    expect(error.hint).toBeTruthy()
  })

  test('passes a coded error through', () => {
    const coded = new HallpassError('store.locked', 'x')
    expect(classifyVaultError(coded, 'linux')).toBe(coded)
  })

  test('keeps no secret in the details', () => {
    const error = classifyVaultError(new Error('bad value password=hunter22'), 'linux')
    expect(error.details).not.toContain('hunter22')
  })
})

test('every code has words of its own for every system', () => {
  for (const code of ['locked', 'denied', 'timeout', 'entry-lost', 'no-library', 'no-service', 'failed'] as const) {
    const messages = (['linux', 'darwin', 'win32'] as const).map((each) => vaultError(`vault.${code}`, each).message)
    expect(new Set(messages).size).toBe(3)
  }
})
