/** Each check, well and not. */
import { describe, expect, it } from 'vitest'
import { checkSealedAtAws, checkUnusedKeys, checkUsersWithoutMfa } from '#core/doctor/checks/asked-aws.ts'
import { checkAwsCli, readsEndpointUrl } from '#core/doctor/checks/aws-cli.ts'
import { checkAwsFiles, checkPlaintextKeys, checkProfiles, checkStaticKeys } from '#core/doctor/checks/aws-files.ts'
import { checkCommandOnPath, checkShim } from '#core/doctor/checks/command.ts'
import { checkBreakGlass, checkDrills, checkKeyAge, checkMfaDevices, checkRootKeys } from '#core/doctor/checks/keys.ts'
import { checkAgent, checkClock, checkLocks, checkSessions } from '#core/doctor/checks/running.ts'
import { checkActivity, checkBackup, checkCoreDumps, checkFolder, checkStore } from '#core/doctor/checks/state.ts'
import { checkVault, checkVaultEntries } from '#core/doctor/checks/vault.ts'
import type { SealedCredential } from '#shared/breakglass.ts'
import type { DoctorCheck } from '#shared/doctor.ts'

const DAY = 86_400_000
const at = (seconds: number) => ({ seconds, measuredAt: '2026-01-01T00:00:00Z' })
const problem = (fatal: boolean, fixable: boolean) =>
  ({ file: '/c', line: 3, code: 'x.y', message: 'Odd.', fatal, breaks: ['aws'], fix: 'Mend it.', fixable }) as const
const owned = (found: 'own' | 'gone' | 'changed') => ({ profile: 'p', name: 'r', mode: 'process', found }) as const
const shim = { path: '/s', state: 'sound', program: '/node', programExists: true, profiles: 2 } as const
const verdict = { intact: true, trimmed: 0, entries: 7, firstAt: null, lastAt: null, before: null, problem: null }
const report = (code: 'activity.broken' | 'vault.locked') => ({ code, message: 'No.', hint: 'Try.' })

const sealed = (over: Partial<SealedCredential>): SealedCredential => ({
  id: 's1',
  name: 'acme',
  accountId: null,
  accountAlias: null,
  accountName: null,
  environment: null,
  userName: 'EmergencyAccess',
  userArn: null,
  signInUrl: null,
  accessKeyId: null,
  mfaSerial: null,
  holds: ['password'],
  roles: [],
  createdAt: new Date(0).toISOString(),
  lastOpenedAt: null,
  openUntil: null,
  passwordRotatedAt: null,
  keyRotatedAt: null,
  lastDrillAt: null,
  tasks: [],
  ...over,
})

const drilledAt = (ms: number) => sealed({ lastDrillAt: new Date(ms).toISOString() })

const CASES: readonly [string, DoctorCheck['state'], DoctorCheck][] = [
  ['an open vault', 'ok', checkVault({ kind: 'keychain', state: 'unlocked', problem: null })],
  ['a locked vault', 'warn', checkVault({ kind: 'file', state: 'locked', problem: null })],
  [
    'no vault',
    'fail',
    checkVault({ kind: 'keychain', state: 'unavailable', problem: { code: 'vault.no-dbus', message: 'No bus.' } }),
  ],
  ['every entry', 'ok', checkVaultEntries({ lost: [], entries: 3 })],
  ['a lost entry', 'fail', checkVaultEntries({ lost: ['the key of a'], entries: 3 })],
  ['entries nobody could ask for', 'warn', checkVaultEntries({ lost: null, entries: 3 })],
  [
    'fresh keys',
    'ok',
    checkKeyAge([{ kind: 'access-key', name: 'a', createdAt: new Date(0).toISOString() }], 89 * DAY),
  ],
  [
    'an old key',
    'warn',
    checkKeyAge([{ kind: 'access-key', name: 'a', createdAt: new Date(0).toISOString() }], 90 * DAY),
  ],
  [
    'an old sign-in, which has no key',
    'ok',
    checkKeyAge([{ kind: 'identity-center', name: 'corp', createdAt: new Date(0).toISOString() }], 90 * DAY),
  ],
  ['a user’s key', 'ok', checkRootKeys([{ name: 'a', userArn: 'arn:aws:iam::123456789012:user/a' }])],
  ['a root user’s key', 'fail', checkRootKeys([{ name: 'a', userArn: 'arn:aws:iam::123456789012:root' }])],
  [
    'a device',
    'ok',
    checkMfaDevices([{ kind: 'access-key', name: 'a', mfaSerial: 'arn:aws:iam::123456789012:mfa/a' }]),
  ],
  ['no device', 'warn', checkMfaDevices([{ kind: 'access-key', name: 'a', mfaSerial: null }])],
  ['a sign-in to Identity Center', 'ok', checkMfaDevices([{ kind: 'identity-center', name: 'corp', mfaSerial: null }])],
  ['nothing sealed', 'ok', checkBreakGlass([])],
  ['something sealed', 'ok', checkBreakGlass([sealed({})])],
  ['something left open', 'warn', checkBreakGlass([sealed({ openUntil: new Date(DAY).toISOString() })])],
  ['something seen and not changed', 'fail', checkBreakGlass([sealed({ tasks: ['note', 'rotate-key'] })])],
  ['nothing to drill', 'ok', checkDrills([], 0)],
  ['something never drilled', 'warn', checkDrills([drilledAt(0), sealed({})], DAY)],
  ['a drill of last month', 'ok', checkDrills([drilledAt(0)], 89 * DAY)],
  ['a drill of long ago', 'warn', checkDrills([drilledAt(0)], 90 * DAY)],
  ['keys in use', 'ok', checkUnusedKeys([{ name: 'a', usedAt: 0 }], 89 * DAY)],
  ['a key not used for long', 'warn', checkUnusedKeys([{ name: 'a', usedAt: 0 }], 90 * DAY)],
  ['a key never used', 'warn', checkUnusedKeys([{ name: 'a', usedAt: null }], 0)],
  ['a key nobody may ask about', 'warn', checkUnusedKeys([{ name: 'a', failure: 'a may not.' }], 0)],
  ['users with devices', 'ok', checkUsersWithoutMfa([{ name: 'a', hasDevice: true }])],
  ['a user without a device', 'warn', checkUsersWithoutMfa([{ name: 'a', hasDevice: false }])],
  ['nothing sealed at AWS', 'ok', checkSealedAtAws([])],
  ['sealed as AWS has it', 'ok', checkSealedAtAws([{ name: 'a', problems: [] }])],
  ['a password that was changed', 'fail', checkSealedAtAws([{ name: 'a', problems: ['password-changed'] }])],
  ['nobody to ask with', 'warn', checkSealedAtAws([{ name: 'a', problems: [], failure: 'No.' }])],
  ['sound files', 'ok', checkAwsFiles([])],
  ['odd files', 'warn', checkAwsFiles([problem(false, true)])],
  ['files a reader rejects', 'fail', checkAwsFiles([problem(false, true), problem(true, false)])],
  ['no plaintext key', 'ok', checkPlaintextKeys([])],
  ['a plaintext key', 'warn', checkPlaintextKeys(['old'])],
  ['own profiles', 'ok', checkProfiles([owned('own')])],
  ['a profile that is gone', 'warn', checkProfiles([owned('own'), owned('gone')])],
  ['a profile that was changed', 'warn', checkProfiles([owned('changed')])],
  ['static keys of a live session', 'ok', checkStaticKeys({ expired: [], live: ['p'] })],
  ['static keys that stayed', 'fail', checkStaticKeys({ expired: ['p'], live: [] })],
  ['a command on PATH', 'ok', checkCommandOnPath(['/bin/hallpass'])],
  ['no command on PATH', 'warn', checkCommandOnPath([])],
  ['a sound shim', 'ok', checkShim(shim)],
  ['no shim, and nobody to run it', 'ok', checkShim({ ...shim, state: 'missing', profiles: 0 })],
  ['no shim', 'fail', checkShim({ ...shim, state: 'missing' })],
  ['a shim that can’t be run', 'fail', checkShim({ ...shim, state: 'not-executable' })],
  ['a shim whose program has moved', 'fail', checkShim({ ...shim, programExists: false })],
  ['no AWS CLI', 'ok', checkAwsCli(null, true)],
  ['a new AWS CLI', 'ok', checkAwsCli({ path: '/aws', version: '2.15.0' }, true)],
  ['an old AWS CLI for real profiles', 'ok', checkAwsCli({ path: '/aws', version: '2.9.19' }, false)],
  ['an old AWS CLI for practice profiles', 'warn', checkAwsCli({ path: '/aws', version: '2.9.19' }, true)],
  ['an AWS CLI that says nothing', 'warn', checkAwsCli({ path: '/aws', version: null }, false)],
  ['no agent', 'ok', checkAgent(null, '1.0.0')],
  ['an agent', 'ok', checkAgent({ kind: 'app', version: '1.0.0', answers: true }, '1.0.0')],
  ['an agent of another version', 'warn', checkAgent({ kind: 'app', version: '0.9.0', answers: true }, '1.0.0')],
  ['a silent agent', 'warn', checkAgent({ kind: 'standalone', version: '1.0.0', answers: false }, '1.0.0')],
  ['an unknown clock', 'ok', checkClock(null)],
  ['a clock 59 s off', 'ok', checkClock(at(-59))],
  ['a clock 60 s off', 'warn', checkClock(at(60))],
  ['a clock 300 s off', 'fail', checkClock(at(-300))],
  ['sessions', 'ok', checkSessions({ live: 1, expired: ['a'] })],
  ['no lock', 'ok', checkLocks([])],
  ['a lock', 'warn', checkLocks(['/config'])],
  ['a whole store', 'ok', checkStore({ isWhole: true, damage: null })],
  [
    'a store that was put back',
    'warn',
    checkStore({ isWhole: true, damage: { code: 'store.damaged', message: 'Was damaged.' } }),
  ],
  ['a damaged store', 'fail', checkStore({ isWhole: false, damage: null })],
  ['a copy of today', 'ok', checkBackup({ madeAt: 0, copiedAt: 100 * DAY, records: 1, now: 100 * DAY + 5 })],
  ['an old copy', 'warn', checkBackup({ madeAt: 0, copiedAt: 0, records: 1, now: 14 * DAY })],
  ['no copy of nothing', 'ok', checkBackup({ madeAt: 0, copiedAt: null, records: 0, now: 9 * DAY })],
  ['no copy of something', 'warn', checkBackup({ madeAt: 0, copiedAt: null, records: 1, now: DAY })],
  ['no copy on the first day', 'ok', checkBackup({ madeAt: 5 * DAY, copiedAt: null, records: 1, now: 6 * DAY - 1 })],
  ['a proven log', 'ok', checkActivity(verdict)],
  [
    'a broken log',
    'fail',
    checkActivity({
      ...verdict,
      intact: false,
      problem: { seq: 8, reason: 'changed', message: 'Entry 8 was changed.' },
    }),
  ],
  ['a log that can’t be read', 'fail', checkActivity(report('activity.broken'))],
  ['a log nobody could prove', 'warn', checkActivity(report('vault.locked'))],
  ['a folder of one’s own', 'ok', checkFolder({ path: '/s', mode: 0o700, open: [] })],
  ['a folder on Windows', 'ok', checkFolder({ path: 'C:\\s', mode: null, open: [] })],
  ['a folder others can enter', 'fail', checkFolder({ path: '/s', mode: 0o750, open: [] })],
  ['a file others can read', 'warn', checkFolder({ path: '/s', mode: 0o700, open: ['x'] })],
  ['no core dumps', 'ok', checkCoreDumps('00000000', 'linux')],
  ['core dumps', 'warn', checkCoreDumps('00000033', 'linux')],
  ['core dumps elsewhere', 'ok', checkCoreDumps(null, 'darwin')],
]

it.each(CASES)('%s: %s', (_what, state, check) => {
  expect(check.state).toBe(state)
  expect(check.title).toMatch(/[.]$/)
  // What needs a look says what to do.
  if (state !== 'ok') expect(check.next?.text).toMatch(/[.]$/)
})

it('gives each check a name of its own, the same in every state', () => {
  const ids = new Set(CASES.map(([, , { id }]) => id))
  expect([...ids].every((id) => /^[a-z]+(?:[.-][a-z-]+)*$/.test(id))).toBe(true)
  expect(ids.size).toBe(26)
})

describe('endpoint_url', () => {
  it.each([
    ['1.28.1', false],
    ['1.29.0', true],
    ['1.45.11', true],
    ['2.9.19', false],
    ['2.12.7', false],
    ['2.13.0', true],
    ['3.0.0', true],
  ])('is read by AWS CLI %s: %s', (version, reads) => {
    expect(readsEndpointUrl(version)).toBe(reads)
  })
})
