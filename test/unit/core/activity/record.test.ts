/** What is recorded of sessions and of what hands out credentials; and what happens when it can't be. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordAwsFiles, recordConsole, recordMfa } from '#core/activity/record-services.ts'
import { recordEnds, recordSessions, recordSts } from '#core/activity/record-sessions.ts'
import type { AwsFiles, ProfileTarget } from '#core/awsfiles/index.ts'
import type { ConsoleService } from '#core/console-service.ts'
import type { IdentityService } from '#core/identities.ts'
import type { MfaService } from '#core/mfa/mfa-service.ts'
import { identityDetail, totpSeedEntry } from '#core/mfa/mfa-source.ts'
import type { SessionService } from '#core/sessions/service.ts'
import { HallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import { type ActivityWorld, createActivityWorld, NOON } from '../../../support/activity-world.ts'
import { makeIdentity, makeRole } from '../../../support/store-records.ts'

const ISSUED = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab',
  sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLETOKEN',
  expiration: new Date(NOON + 3_600_000),
}
const CREDENTIALS: SessionCredentials = {
  ...ISSUED,
  accountId: '123456789012',
  roleArn: 'arn:aws:iam::123456789012:role/team/r1',
  assumedRoleArn: null,
  region: null,
}
const CALL = { credentials: ISSUED, region: 'eu-west-1', target: 'prod', caller: 'dana' }
/** When an issued session expires, as its entry has it. */
const EXPIRES = { expires: '2026-11-25T13:00:00.000Z' }
const DISK_FULL = new HallpassError('file.disk-full', 'full')

let world: ActivityWorld
beforeEach(() => {
  world = createActivityWorld()
  world.store.identities.insert(makeIdentity('i1', 'work'))
  world.store.roles.insert(makeRole('r1', 'prod', { kind: 'identity', id: 'i1', name: 'work' }))
})
afterEach(() => world.end())

const recorded = () =>
  world.activity
    .list()
    .reverse()
    .slice(1)
    .map(({ kind, name, target, accountId, accessKeyId, how, form, detail }) => ({
      kind,
      name,
      target,
      accountId,
      accessKeyId,
      how,
      form,
      detail,
    }))
const PROD = {
  name: 'prod',
  target: 'role:r1',
  accountId: '123456789012',
  accessKeyId: null,
  how: null,
  form: null,
  detail: {},
}

function putSession(expiresAt: number): void {
  const facts = { fingerprint: 'f', sealed: new Uint8Array(1), assumedRoleArn: null, obtainedAt: NOON }
  world.store.sessions.put({ key: 'role:r1', accessKeyId: 'ASIAFIRST', ...facts, expiresAt })
}

describe('sessions from AWS', () => {
  const sts = (answer: () => Promise<typeof ISSUED & { assumedRoleArn: string }>) =>
    recordSts(
      { getCallerIdentity: () => Promise.reject(new Error('not asked')), assumeRole: answer, getSessionToken: answer },
      world.store,
      world.activity,
      () => world.now,
    )
  const issued = async () => ({ ...ISSUED, assumedRoleArn: 'arn' })
  const request = { roleArn: 'arn', sessionName: 'x' }

  it('are started, and renewed while there is a live one', async () => {
    await sts(issued).assumeRole(CALL, request)
    putSession(NOON + 1)
    await sts(issued).assumeRole(CALL, request)
    putSession(NOON)
    await sts(issued).assumeRole(CALL, request)
    await sts(issued).getSessionToken({ ...CALL, target: 'work' }, {})
    const prod = { ...PROD, accessKeyId: ISSUED.accessKeyId, detail: EXPIRES }
    expect(recorded()).toEqual([
      { ...prod, kind: 'session.started' },
      { ...prod, kind: 'session.renewed' },
      { ...prod, kind: 'session.started' },
      { ...prod, kind: 'session.started', name: 'work', target: 'identity:i1' },
    ])
  })

  it('that are read-only renew no other', async () => {
    putSession(NOON + 1)
    const engine: Pick<SessionService, 'credentials'> = {
      credentials: async () => ({ ...CREDENTIALS, ...(await sts(issued).assumeRole(CALL, request)) }),
    }
    const sessions = recordSessions(engine, world.store, world.activity)
    await sessions.credentials('prod', { readOnly: true, use: { how: 'start' } })
    await sessions.credentials('prod', { use: { how: 'start' } })
    expect(recorded().map(({ kind, detail }) => [kind, detail])).toEqual([
      ['session.started', { readOnly: 'yes', ...EXPIRES }],
      ['session.renewed', EXPIRES],
    ])
  })

  it('are refused with AWS’s reason; a network that is down is no refusal', async () => {
    const denied = new HallpassError('sts.access-denied', 'no')
    await expect(sts(() => Promise.reject(denied)).assumeRole(CALL, request)).rejects.toBe(denied)
    const down = new HallpassError('network.unreachable', 'down')
    await expect(sts(() => Promise.reject(down)).assumeRole(CALL, request)).rejects.toBe(down)
    expect(recorded()).toEqual([{ ...PROD, kind: 'session.refused', detail: { code: 'sts.access-denied' } }])
  })

  it('are not used when they could not be recorded', async () => {
    const failing = { record: () => Promise.reject(DISK_FULL), note: async () => {} }
    const watched = recordSts({ ...sts(issued), assumeRole: issued }, world.store, failing, () => world.now)
    await expect(watched.assumeRole(CALL, request)).rejects.toBe(DISK_FULL)
  })

  it('end once, after what follows from it', async () => {
    const order: string[] = []
    const ends = recordEnds(world.store, world.activity, async (key, credentials) => {
      order.push(`${key} ${credentials === null} ${recorded().length}`)
    })
    putSession(NOON + 1)
    await ends('role:r1', CREDENTIALS)
    await ends('role:r1', null)
    world.store.sessions.remove('role:r1')
    await ends('role:r1', null)
    expect(order).toEqual(['role:r1 false 0', 'role:r1 true 0', 'role:r1 true 1'])
    expect(recorded()).toEqual([{ ...PROD, kind: 'session.ended', accessKeyId: 'ASIAFIRST' }])
  })
})

describe('credentials', () => {
  const asked: unknown[] = []
  const service: Pick<SessionService, 'credentials'> = {
    async credentials(_, options) {
      asked.push(options)
      return CREDENTIALS
    },
  }

  it('are recorded with the way they went and who asked, and the engine hears nothing of it', async () => {
    const sessions = recordSessions(service, world.store, world.activity)
    const asker = { process: { pid: 77, name: 'aws', path: null, folder: '/srv' }, parents: [] }
    await sessions.credentials('PROD', { renew: true, use: { how: 'assume', form: 'env', asker } })
    await sessions.credentials('prod', { readOnly: true })
    const prod = { ...PROD, kind: 'credentials.issued', accessKeyId: ISSUED.accessKeyId }
    expect(recorded()).toEqual([
      { ...prod, how: 'assume', form: 'env' },
      { ...prod, how: 'other', detail: { readOnly: 'yes' } },
    ])
    expect(asked).toEqual([{ renew: true }, { readOnly: true }])
    expect(world.activity.list().map((entry) => entry.asker.process.pid)).toEqual([process.pid, 77, 77])
  })

  it('that nobody is given are no issue', async () => {
    await recordSessions(service, world.store, world.activity).credentials('prod', { use: { how: 'start' } })
    expect(recorded()).toEqual([])
  })

  it('are not handed out when that can’t be recorded', async () => {
    const sessions = recordSessions(service, world.store, { record: () => Promise.reject(DISK_FULL) })
    await expect(sessions.credentials('prod')).rejects.toBe(DISK_FULL)
  })

  it('are not written into a file when that can’t be recorded', async () => {
    const written: string[] = []
    const files = {
      async writeProfile({ profile }: ProfileTarget) {
        written.push(profile)
        return { profile, target: 'role:r1', mode: 'static', configFile: '/c', credentialsFile: '/d', writtenAt: '' }
      },
    } as unknown as AwsFiles
    const target = {
      profile: 'p',
      name: 'prod',
      target: 'role:r1',
      mode: 'static',
      region: 'eu-west-1',
      command: '/x',
      credentials: CREDENTIALS,
    } as const
    const failing = { record: () => Promise.reject(DISK_FULL), note: async () => {} }
    await expect(recordAwsFiles(files, world.store, failing).writeProfile(target)).rejects.toBe(DISK_FULL)
    expect(written).toEqual([])
    await recordAwsFiles(files, world.store, world.activity).writeProfile(target)
    expect(recorded().map(({ kind, detail }) => [kind, detail])).toEqual([
      ['profile.static-keys', { profile: 'p' }],
      ['profile.written', { profile: 'p', mode: 'static', file: '/c' }],
    ])
  })

  it('as a sign-in link are not handed out when that can’t be recorded', async () => {
    const service = {
      signInLink: async () => 'https://signin.example/?SigninToken=x',
      switchRoleLink: () => 'https://switch.example',
      shortcutLink: () => 'https://portal.example',
    } as unknown as ConsoleService
    const failing = { record: () => Promise.reject(DISK_FULL), note: async () => {} }
    await expect(recordConsole(service, world.store, failing).signInLink('prod')).rejects.toBe(DISK_FULL)
    const links = recordConsole(service, world.store, world.activity)
    await links.signInLink('prod')
    links.switchRoleLink('prod')
    expect(recorded().map(({ kind, how }) => [kind, how])).toEqual([
      ['console.opened', 'sign-in'],
      ['console.opened', 'switch-role'],
    ])
  })
})

describe('what has happened already', () => {
  it('stays so when it can’t be recorded, and the failure is logged', async () => {
    world.vaultProblem = new HallpassError('vault.locked', 'locked')
    await world.activity.note({ kind: 'role.added' })
    expect(world.errors).toEqual([expect.objectContaining({ kind: 'role.added', code: 'vault.locked' })])
    // The next one begins the log.
    world.vaultProblem = undefined
    await world.activity.note({ kind: 'role.removed' })
    expect(recorded().map(({ kind }) => kind)).toEqual(['role.removed'])
  })
})

describe('TOTP seeds', () => {
  const seed = 'HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ'
  const entry = totpSeedEntry('i1')
  const identities = {
    show: () => identityDetail(world.store, makeIdentity('i1', 'work')),
  } as unknown as IdentityService
  const mfa = (): MfaService =>
    recordMfa(
      {
        addSeed: async () => {
          world.store.vaultIndex.add(entry)
          return { code: '918273', secondsLeft: 12 }
        },
        removeSeed: async () => world.store.vaultIndex.remove(entry),
        code: async () => ({ code: '918273', secondsLeft: 12 }),
      },
      identities,
      world.activity,
    )

  it('are recorded as they come and go, without the seed or a code', async () => {
    expect(await mfa().addSeed('work', seed)).toEqual({ code: '918273', secondsLeft: 12 })
    await mfa().removeSeed('work')
    expect(recorded()).toMatchObject([
      { kind: 'identity.edited', name: 'work', detail: { mfaSourceBefore: 'prompt' } },
      { kind: 'identity.edited', name: 'work', detail: { mfaSourceBefore: 'seed' } },
    ])
    expect(JSON.stringify(world.activity.list())).not.toMatch(new RegExp(`${seed}|918273`))
  })

  it('show a code only once that is recorded, without the code', async () => {
    expect(await mfa().code('work')).toEqual({ code: '918273', secondsLeft: 12 })
    expect(recorded()).toMatchObject([{ kind: 'mfa.code-shown', name: 'work', detail: { mfaSource: 'prompt' } }])
    expect(JSON.stringify(world.activity.list())).not.toContain('918273')
    const full = { ...world.activity, record: () => Promise.reject(DISK_FULL) }
    const code = async () => ({ code: '918273', secondsLeft: 12 })
    const unable = recordMfa({ ...mfa(), code }, identities, full)
    await expect(unable.code('work')).rejects.toBe(DISK_FULL)
  })
})
