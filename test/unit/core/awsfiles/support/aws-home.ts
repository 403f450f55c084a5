/** A throw-away home with AWS files and a Hallpass state folder, and the profiles service on top of it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AwsFiles, createAwsFiles, type ProfileTarget } from '#core/awsfiles/index.ts'
import type { Log } from '#core/capabilities.ts'
import type { OwnedProfileRecord, OwnedProfileTable } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import { HallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** The store's table of owned profiles, in memory. */
export function createProfileTable(): OwnedProfileTable {
  const records = new Map<string, OwnedProfileRecord>()
  const key = (profile: string, configFile: string) => `${profile}\0${configFile}`
  return {
    together: (work) => work(),
    list: () => [...records.values()].sort((a, b) => (a.profile < b.profile ? -1 : 1)),
    get: (profile, configFile) => records.get(key(profile, configFile)),
    put: (record) => void records.set(key(record.profile, record.configFile), record),
    remove: (profile, configFile) => void records.delete(key(profile, configFile)),
  }
}

/** A vault in memory, its entries open to the test. */
export function createMemoryVault(): Pick<Vault, 'get' | 'put' | 'remove'> & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>()
  return {
    entries,
    async get(entry) {
      const value = entries.get(entry)
      if (value === undefined) throw new HallpassError('vault.entry-lost', `${entry} is gone.`)
      return value
    },
    put: async (entry, secret) => void entries.set(entry, secret),
    remove: async (entry) => void entries.delete(entry),
  }
}

export interface AwsHome {
  readonly home: string
  readonly stateHome: string
  readonly config: string
  readonly credentials: string
  readonly profiles: OwnedProfileTable
  readonly vault: ReturnType<typeof createMemoryVault>
  readonly awsFiles: AwsFiles
  /** Text of a file; `undefined` when it does not exist. */
  read(file: 'config' | 'credentials'): string | undefined
  write(file: 'config' | 'credentials', content: string | Uint8Array): void
  dispose(): void
}

export function createAwsHome(): AwsHome {
  const home = mkdtempSync(join(tmpdir(), 'aws-home-'))
  const stateHome = join(home, 'state')
  const paths = { config: join(home, '.aws', 'config'), credentials: join(home, '.aws', 'credentials') }
  const profiles = createProfileTable()
  const vault = createMemoryVault()
  return {
    home,
    stateHome,
    ...paths,
    profiles,
    vault,
    awsFiles: createAwsFiles({ env: {}, home, stateHome, profiles, vault, clock: Date.now, log: silentLog }),
    read(file) {
      try {
        return readFileSync(paths[file], 'utf8')
      } catch {
        return undefined
      }
    },
    write(file, content) {
      mkdirSync(join(home, '.aws'), { recursive: true })
      writeFileSync(paths[file], content)
    },
    dispose: () => rmSync(home, { recursive: true, force: true }),
  }
}

export const SECRET = 'planted/secret+access=key0000000000000000'
export const TOKEN = 'planted-session-token-IQoJb3JpZ2luX2VjE'

export const credentials: SessionCredentials = {
  accessKeyId: 'ASIAQWERTYUIOPASDFGH',
  secretAccessKey: SECRET,
  sessionToken: TOKEN,
  expiration: new Date('2026-11-24T05:00:00.123Z'),
  accountId: '123456789012',
  roleArn: 'arn:aws:iam::123456789012:role/dev',
  assumedRoleArn: 'arn:aws:sts::123456789012:assumed-role/dev/s',
  region: 'eu-west-1',
}

export function processTarget(overrides: Partial<ProfileTarget> = {}): ProfileTarget {
  return {
    profile: 'dev',
    name: 'dev admin',
    target: 'role:1',
    mode: 'process',
    region: 'eu-west-1',
    command: '/opt/state/bin/hallpass',
    ...overrides,
  }
}

export function staticTarget(overrides: Partial<ProfileTarget> = {}): ProfileTarget {
  return processTarget({ mode: 'static', credentials, ...overrides })
}
