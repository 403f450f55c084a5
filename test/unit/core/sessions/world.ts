/**
 * A small world for the session tests: store and vault in memory, an STS that issues numbered sessions and records
 * what it was asked, a clock that stands still until moved, and a person who answers MFA prompts from a list.
 */

import type { AssumeRoleRequest, IssuedCredentials, SessionTokenRequest, StsCall, StsCalls } from '#core/aws/index.ts'
import type { MfaPrompt, MfaPromptRequest } from '#core/capabilities.ts'
import type { TryLock } from '#core/process-lock.ts'
import { createSessionEngine, type SessionEngine } from '#core/sessions/index.ts'
import type { SealedSession, Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import type { SealedRecord } from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import type { AccessKeyIdentity, Identity } from '#shared/identities.ts'
import type { Role, RoleSettings } from '#shared/roles.ts'
import type { SessionCredentials } from '#shared/sessions.ts'

export const SERIAL = 'arn:aws:iam::987654321098:mfa/dana-phone'
export const START = Date.parse('2026-11-24T09:00:00Z')

export interface StsRecord {
  readonly call: StsCall
  readonly request: AssumeRoleRequest & SessionTokenRequest
}

export interface World {
  engine: SessionEngine
  readonly store: Store
  readonly vault: Vault
  readonly tryLock: TryLock
  readonly rows: Map<string, SealedSession>
  readonly secrets: Map<string, string>
  /** Calls that reached STS, oldest first. */
  readonly calls: StsRecord[]
  readonly prompts: MfaPromptRequest[]
  /** Targets whose code another process asks for, as their callers were told. */
  readonly elsewhere: string[]
  readonly warnings: string[]
  readonly announced: [string, SessionCredentials | null][]
  /** Codes or errors the person answers with, in order; `111111` once they run out. */
  readonly answers: (string | HallpassError)[]
  /** Runs before a call is answered; may throw or wait. */
  onCall: (record: StsRecord) => Promise<void> | void
  onAnnounce: () => Promise<void>
  vaultProblem: HallpassError | undefined
  /** Milliseconds since the epoch. */
  now: number
  identity(edit?: Partial<AccessKeyIdentity>): AccessKeyIdentity
  role(name: string, from: Identity | Role, settings?: Partial<RoleSettings>, edit?: Partial<Role>): Role
  /** Milliseconds AWS's clock is ahead of this computer's; what STS issues goes by it. */
  skew: number
  /** Names of the locks held now, for the processes of this world. */
  readonly locks: Set<string>
  /** A second process on the same store and vault, with the same person or another. */
  secondEngine(env?: Record<string, string>, prompt?: MfaPrompt): SessionEngine
}

export function createWorld(): World {
  const identities = new Map<string, Identity>()
  const roles = new Map<string, Role>()
  const rows = new Map<string, SealedSession>()
  const secrets = new Map<string, string>()
  const store = memoryStore(identities, roles, rows, secrets)
  let issued = 0

  const issue = async (record: StsRecord, standard: number): Promise<IssuedCredentials> => {
    world.calls.push(record)
    await world.onCall(record)
    issued += 1
    return {
      accessKeyId: `ASIA${issued}`,
      secretAccessKey: `secret-${issued}`,
      sessionToken: `token-${issued}`,
      expiration: new Date(world.now + world.skew + (record.request.durationSeconds ?? standard) * 1000),
    }
  }
  const sts: StsCalls = {
    getCallerIdentity: () => Promise.reject(new Error('not asked here')),
    assumeRole: async (call, request) => ({
      ...(await issue({ call, request }, 3600)),
      assumedRoleArn: `${request.roleArn}/${request.sessionName}`,
    }),
    getSessionToken: (call, request) => issue({ call, request: request as StsRecord['request'] }, 43_200),
  }
  const vault: Vault = {
    kind: 'keychain',
    status: async () => ({ kind: 'keychain', state: 'unlocked', problem: null }),
    async get(entry) {
      if (world.vaultProblem) throw world.vaultProblem
      const secret = secrets.get(entry)
      if (secret === undefined) throw new HallpassError('vault.entry-lost', `${entry} is gone.`)
      return secret
    },
    async put(entry, secret) {
      if (world.vaultProblem) throw world.vaultProblem
      secrets.set(entry, secret)
    },
    async remove(entry) {
      secrets.delete(entry)
    },
  }
  const locks = new Set<string>()
  const tryLock: TryLock = (name) => {
    if (locks.has(name)) return undefined
    locks.add(name)
    return { release: () => void locks.delete(name) }
  }
  const askPerson: MfaPrompt = async (request) => {
    world.prompts.push(request)
    const answer = world.answers.shift() ?? '111111'
    if (typeof answer !== 'string') throw answer
    return answer
  }
  const build = (env: Record<string, string> = {}, mfaPrompt: MfaPrompt = askPerson) =>
    createSessionEngine({
      tryLock,
      awsClock: () => world.now + world.skew,
      store,
      vault,
      sts,
      env,
      clock: () => world.now,
      log: { debug: () => {}, info: () => {}, error: () => {}, warn: (message) => world.warnings.push(message) },
      mfaPrompt,
      onPromptElsewhere: ({ target }) => void world.elsewhere.push(target),
      onSession: async (key, credentials) => {
        await world.onAnnounce()
        world.announced.push([key, credentials])
      },
    })

  const world: World = {
    engine: build(),
    store,
    vault,
    tryLock,
    rows,
    secrets,
    calls: [],
    prompts: [],
    elsewhere: [],
    warnings: [],
    announced: [],
    answers: [],
    onCall: () => {},
    onAnnounce: async () => {},
    vaultProblem: undefined,
    now: START,
    skew: 0,
    locks,
    identity(edit = {}) {
      const id = edit.id ?? 'i1'
      const identity: AccessKeyIdentity = {
        id,
        name: 'dana',
        kind: 'access-key',
        accessKeyId: 'AKIADANA',
        accountId: '987654321098',
        userArn: 'arn:aws:iam::987654321098:user/people/dana.whitfield',
        mfaSerial: SERIAL,
        region: null,
        verified: true,
        verifiedAt: null,
        createdAt: '2026-01-01T00:00:00Z',
        ...edit,
      }
      identities.set(id, identity)
      secrets.set(`identity/${id}/secret-access-key`, 'long-term-secret')
      return identity
    },
    role(name, from, settings = {}, edit = {}) {
      const role: Role = {
        id: name,
        name,
        arn: `arn:aws:iam::123456789012:role/${name}`,
        accountId: '123456789012',
        partition: 'aws',
        path: '/',
        roleName: name,
        source: { kind: 'kind' in from ? 'identity' : 'role', id: from.id, name: from.name },
        settings: { mfa: false, ...settings },
        createdAt: '2026-01-01T00:00:00Z',
        ...edit,
      }
      roles.set(role.id, role)
      return role
    },
    secondEngine: build,
  }
  return world
}

function memoryStore(
  identities: Map<string, Identity>,
  roles: Map<string, Role>,
  rows: Map<string, SealedSession>,
  secrets: Map<string, string>,
): Store {
  const table = <T extends { id: string; name: string }>(records: Map<string, T>) => ({
    list: () => [...records.values()],
    byId: (id: string) => records.get(id),
    byName: (name: string) => [...records.values()].find((record) => record.name.toLowerCase() === name.toLowerCase()),
    insert: (record: T) => void records.set(record.id, record),
    update: (record: T) => void records.set(record.id, record),
    remove: (id: string) => void records.delete(id),
  })
  const settings = new Map<string, string>()
  let version = 0
  const unused = () => {
    throw new Error('not used by sessions')
  }
  return {
    identities: table(identities),
    sealed: table(new Map<string, SealedRecord>()),
    openings: { has: unused, untilOf: unused, add: unused, remove: unused, removeOf: unused },
    rotations: { list: unused, get: unused, put: unused, remove: unused },
    setups: { list: unused, get: unused, put: unused, remove: unused },
    centerTokens: { get: unused, put: unused, remove: unused },
    discoveries: { get: unused, put: unused },
    ssoSessions: { get: unused, ofIdentity: unused, put: unused, remove: unused },
    roles: {
      ...table(roles),
      bySource: (id) => [...roles.values()].filter((role) => role.source.id === id),
      hasOtherWithMfa: (identityId, roleId, maximum) =>
        [...roles.values()].some(
          ({ id, source, settings }) =>
            source.id === identityId && id !== roleId && settings.mfa && (settings.durationSeconds ?? 3600) <= maximum,
        ),
      countByAccount: unused,
    },
    sessions: {
      get: (key) => rows.get(key),
      list: () => [...rows.values()],
      put: (session) => {
        version += 1
        rows.set(session.key, session)
      },
      remove: (key) => {
        version += 1
        return rows.delete(key)
      },
    },
    profiles: { together: unused, list: unused, get: unused, put: unused, remove: unused },
    vaultIndex: {
      has: (entry) => secrets.has(entry),
      add: unused,
      remove: unused,
      list: () => [...secrets.keys()],
    },
    accounts: { list: unused, get: unused, put: unused },
    roleUse: { list: unused, get: unused, pin: unused, note: unused },
    rolePages: {
      totals: unused,
      first: unused,
      after: unused,
      byIds: unused,
      idsOfAccount: unused,
      idsFrom: unused,
      keysExpired: unused,
      idsLive: unused,
    },
    listChanges: { latest: unused, since: unused },
    fileVersion: unused,
    setting: (key) => settings.get(key),
    setSetting: (key, value) => {
      version += 1
      settings.set(key, value)
    },
    transaction: (work) => work(),
    foreignVersion: () => version,
    setAside: undefined,
    restoredFrom: undefined,
    acknowledgeSetAside: unused,
    close: () => {},
  }
}
