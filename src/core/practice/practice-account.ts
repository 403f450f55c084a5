/**
 * The practice account: a local look-alike of AWS STS, IAM, the console's sign-in endpoint and Identity Center, for
 * demos, drills and tests. It refuses what AWS refuses, with AWS's codes and texts; its keys open nothing anywhere
 * else.
 */
import { randomBytes } from 'node:crypto'
import { HallpassError } from '#shared/errors.ts'
import type { Environment } from '#shared/fields.ts'
import type { Clock } from '../capabilities.ts'
import type { PracticeCall } from './call-log.ts'
import type { ControlCommand } from './control.ts'
import type { AccessKey, NewAccount, NewRole, NewUser, Role } from './directory.ts'
import type { AccountWithRoles, NewAssignedAccount, NewAssignment } from './identity-center/assignments.ts'
import { isPermissionSetRole } from './identity-center/permission-set-role.ts'
import type { IdentityCenterPlace } from './identity-center/place.ts'
import type { InjectionState } from './injections.ts'
import { randomEntropy, seededEntropy } from './secrets.ts'
import { seedDirectory } from './seed.ts'
import { startServer } from './server.ts'
import { Sessions } from './sessions.ts'
import { PracticeState } from './state.ts'

export interface PracticeOptions {
  /** Default: a free one. */
  readonly port?: number
  /** Default: the real time. Clients sign with their own clocks, so it has to stay within 15 minutes of theirs. */
  readonly clock?: Clock
  /** The same text gives the same keys, secrets and TOTP seeds at every start. Default: new ones each time. */
  readonly seed?: string
}

export interface PracticeUser {
  readonly name: string
  readonly arn: string
  readonly accountId: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** null for a user without a device, like `totpSeed`. */
  readonly mfaSerial: string | null
  /** Base32. */
  readonly totpSeed: string | null
}

export interface PracticeRole {
  readonly arn: string
  readonly name: string
  readonly accountId: string
  readonly accountName: string
  readonly environment: Environment
  readonly externalId?: string
  /** Whether somebody who comes with a user's key needs a code. */
  readonly requiresMfa: boolean
  readonly maxDurationSeconds: number
  /** Principals named in the trust policy. */
  readonly trusts: readonly string[]
}

/** Identity Center as `hallpass practice` prints it. */
export interface IdentityCenterDescription extends IdentityCenterPlace {
  /** With the permission sets assigned to the person. */
  readonly accounts: readonly AccountWithRoles[]
}

/** Who may have what in Identity Center. Its levers are those of `control`, under `identityCenter`. */
export interface PracticeIdentityCenter extends IdentityCenterDescription {
  addAccount(account: NewAssignedAccount): void
  /** @throws `input.invalid` for an account that was not added */
  assign(assignment: NewAssignment): void
  /** One permission set, or the account with all of them. */
  unassign(accountId: string, roleName?: string): void
  /** Replaces all accounts with so many of so many permission sets each, without making IAM roles before they are used. */
  fill(accounts: number, rolesPerAccount: number): void
}

/** What `hallpass practice` prints. */
export interface PracticeDescription {
  readonly endpoint: string
  readonly controlToken: string
  /** Variables that point the AWS CLI, the SDKs and Hallpass at this practice account. */
  readonly environment: Readonly<Record<string, string>>
  readonly users: readonly PracticeUser[]
  readonly roles: readonly PracticeRole[]
  readonly identityCenter: IdentityCenterDescription
}

export interface PracticeControl {
  /** Carries a command out, whole or not at all. @throws `input.invalid` for a malformed one or an unknown key */
  apply(command: ControlCommand): InjectionState
  state(): InjectionState
}

export interface PracticeAccount {
  /** `http://127.0.0.1:PORT`, for STS, IAM, the sign-in endpoint, and both services of Identity Center alike. */
  readonly endpoint: string
  /** Bearer token of `/_practice/control` and `/_practice/calls`. */
  readonly controlToken: string
  readonly users: readonly PracticeUser[]
  /** Without those of Identity Center. */
  readonly roles: readonly PracticeRole[]
  readonly identityCenter: PracticeIdentityCenter
  readonly control: PracticeControl
  /** The requests so far, oldest first; the last 10,000 of them. */
  calls(): readonly PracticeCall[]
  /** @throws `input.invalid` for an unknown name */
  user(name: string): PracticeUser
  /** The code the user's device shows at `atMs` (default: now by the server's clock). @throws `input.invalid` without one */
  totpCode(userName: string, atMs?: number): string
  addAccount(account: NewAccount): void
  addUser(user: NewUser): PracticeUser
  addRole(role: NewRole): PracticeRole
  describe(): PracticeDescription
  /** Secret keys and tokens of every session given out, and what was made through IAM, so that a run can be searched for them. In process only. */
  issuedSecrets(): string[]
  /** Drops open connections and frees the port. */
  close(): Promise<void>
}

/** @throws `practice.port-in-use`, or `usage.invalid` for a port this user may not take */
export async function startPracticeAccount(options: PracticeOptions = {}): Promise<PracticeAccount> {
  const entropy = options.seed === undefined ? randomEntropy : seededEntropy(options.seed)
  const directory = seedDirectory(entropy)
  const sessions = new Sessions()
  const state = new PracticeState(directory, sessions, options.clock ?? Date.now)
  const controlToken = randomBytes(24).toString('base64url')
  const { endpoint, close } = await startServer(state, controlToken, options.port ?? 0)
  const listUsers = () => directory.keys().map(describeUser)
  const listRoles = () => directory.roles().flatMap((role) => (isPermissionSetRole(role) ? [] : [describeRole(role)]))
  const { assignments, identityCenter } = state
  const findKey = (name: string): AccessKey => {
    const key = directory.keys().find(({ user }) => user.name === name)
    if (!key) throw new HallpassError('input.invalid', `The practice account has no user ${name}.`)
    return key
  }
  return {
    endpoint,
    controlToken,
    get users() {
      return listUsers()
    },
    get roles() {
      return listRoles()
    },
    identityCenter: {
      ...assignments.place,
      get accounts() {
        return assignments.list()
      },
      addAccount: (account) => assignments.addAccount(account),
      assign: (assignment) => assignments.assign(assignment),
      unassign: (accountId, roleName) => assignments.unassign(accountId, roleName),
      fill: (accounts, rolesPerAccount) => assignments.fill(accounts, rolesPerAccount),
    },
    control: { apply: (command) => state.control(command), state: () => state.injections.state },
    calls: () => state.calls.list(),
    user: (name) => describeUser(findKey(name)),
    totpCode: (name, atMs = state.now()) => {
      const [device] = findKey(name).user.devices
      if (!device) throw new HallpassError('input.invalid', `${name} has no MFA device.`)
      return device.codeAt(atMs)
    },
    addAccount: (account) => void directory.addAccount(account),
    addUser: (user) => describeUser(directory.addUser(user)),
    addRole: (role) => describeRole(directory.addRole(role)),
    describe: () => ({
      endpoint,
      controlToken,
      environment: {
        AWS_ENDPOINT_URL_STS: endpoint,
        AWS_ENDPOINT_URL_IAM: endpoint,
        AWS_ENDPOINT_URL_SIGNIN: endpoint,
        AWS_ENDPOINT_URL_SSO: endpoint,
        AWS_ENDPOINT_URL_SSO_OIDC: endpoint,
      },
      users: listUsers(),
      roles: listRoles(),
      identityCenter: { ...assignments.place, accounts: assignments.list() },
    }),
    issuedSecrets: () => [
      ...sessions.list().flatMap((session) => [session.secretAccessKey, session.sessionToken]),
      ...directory.madeSecrets(),
      ...identityCenter.secrets(),
    ],
    close,
  }
}

function describeUser({ id, secret, user }: AccessKey): PracticeUser {
  return {
    name: user.name,
    arn: user.arn,
    accountId: user.account.id,
    accessKeyId: id,
    secretAccessKey: secret,
    mfaSerial: user.devices[0]?.serial ?? null,
    totpSeed: user.devices[0]?.seed ?? null,
  }
}

function describeRole(role: Role): PracticeRole {
  const externalId = role.trust.find((statement) => statement.externalId !== undefined)?.externalId
  return {
    arn: role.arn,
    name: role.name,
    accountId: role.account.id,
    accountName: role.account.name,
    environment: role.account.environment,
    ...(externalId === undefined ? {} : { externalId }),
    requiresMfa: role.trust.some((statement) => statement.requiresMfa === true),
    maxDurationSeconds: role.maxDurationSeconds,
    trusts: role.trust.flatMap((statement) => statement.principals),
  }
}
