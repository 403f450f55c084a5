/** Sessions on real parts: SQLite store in a folder of its own, the ring's keychain, the AWS SDK, any endpoint. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSts, type Env } from '#core/aws/index.ts'
import type { Log, MfaPrompt } from '#core/capabilities.ts'
import { createIdentityService } from '#core/identities.ts'
import { expectKey } from '#core/names.ts'
import { createSessionEngine, type SessionEngine, type SessionEngineOptions } from '#core/sessions/index.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { openVault } from '#core/vault/open-vault.ts'
import type { Vault } from '#core/vault/types.ts'
import { parseRoleArn } from '#shared/arn.ts'
import { HallpassError } from '#shared/errors.ts'
import type { AccessKeyIdentity, Identity } from '#shared/identities.ts'
import type { Role, RoleSettings } from '#shared/roles.ts'

export interface SessionScenario {
  /** Holds everything this scenario writes, outside the keychain. */
  readonly folder: string
  readonly store: Store
  readonly vault: Vault
  readonly warnings: string[]
  readonly engine: SessionEngine
  /** What another process would have: its own connection and engine on the same files and keychain. */
  secondEngine(): SessionEngine
  addIdentity(user: ScenarioUser, options?: { verify?: boolean }): Promise<AccessKeyIdentity>
  addRole(name: string, arn: string, from: Identity | Role, settings?: Partial<RoleSettings>): Role
  close(): void
}

export interface ScenarioUser {
  readonly name: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly mfaSerial: string | null
}

const nobody: MfaPrompt = async ({ problem }) => {
  throw problem ?? new HallpassError('mfa.required', 'Nobody can be asked.')
}

export function openScenario(
  env: Env,
  mfaPrompt: MfaPrompt = nobody,
  time: Partial<Pick<SessionEngineOptions, 'clock' | 'pause' | 'onMfaWait'>> = {},
): SessionScenario {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-'))
  const warnings: string[] = []
  const log: Log = { debug: () => {}, info: () => {}, error: () => {}, warn: (message) => warnings.push(message) }
  const stores: Store[] = []
  const sts = createSts(env)
  const build = () => {
    const store = openStore({ file: join(folder, 'state', 'hallpass.db') })
    stores.push(store)
    const vault = openVault({ index: store.vaultIndex })
    return {
      store,
      vault,
      engine: createSessionEngine({ store, vault, sts, env, mfaPrompt, log, clock: Date.now, ...time }),
    }
  }
  const { store, vault, engine } = build()
  const identities = createIdentityService({
    store,
    vault,
    sts,
    clock: Date.now,
    release: async () => {},
    settle: async () => {},
  })
  return {
    folder,
    store,
    vault,
    warnings,
    engine,
    secondEngine: () => build().engine,
    addIdentity: async ({ name, accessKeyId, secretAccessKey, mfaSerial }, options) => {
      const input = { name, accessKeyId, secretAccessKey, ...(mfaSerial ? { mfaSerial } : {}) }
      return expectKey((await identities.add(input, options)).identity)
    },
    addRole(name, arn, from, settings = {}) {
      const parsed = parseRoleArn(arn)
      if (!parsed) throw new Error(`not a role ARN: ${arn}`)
      const role: Role = {
        id: randomUUID(),
        name,
        arn,
        ...parsed,
        source: { kind: 'arn' in from ? 'role' : 'identity', id: from.id, name: from.name },
        settings: { mfa: false, ...settings },
        createdAt: new Date().toISOString(),
      }
      store.roles.insert(role)
      return role
    },
    close() {
      for (const each of stores) each.close()
      rmSync(folder, { recursive: true })
    },
  }
}
