import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MIGRATIONS, type Migration, migrate } from '#core/store/migrations.ts'
import { openStore } from '#core/store/open-store.ts'
import { connect, type DatabaseSync, readPragma } from '#core/store/sqlite.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
  file = join(folder, 'hallpass.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Content as each version's own Hallpass would have written it; a new version adds its line. */
const CONTENT: readonly ((db: DatabaseSync) => void)[] = [
  () => undefined,
  (db) =>
    db.exec(`
      INSERT INTO records VALUES ('i1', 'identity', 'work'), ('r1', 'role', 'deploy');
      INSERT INTO identities VALUES
        ('i1', 'access-key', 'AKIAIOSFODNN7EXAMPLE', NULL, NULL, NULL, 'eu-west-1', 1, 'then', 'long ago');
      INSERT INTO roles VALUES
        ('r1', 'arn:aws:iam::123456789012:role/D', '123456789012', 'aws', '/', 'D', 'i1', '{"mfa":true}', 'long ago');
      INSERT INTO vault_index VALUES ('identity/i1/secret-access-key');
      INSERT INTO settings VALUES ('theme', 'dark');
      INSERT INTO profiles (profile, config_file, target, mode, credentials_file, written_at) VALUES ('dev', '/c', 'role:r1', 'process', NULL, 'then');
    `),
  (db) => {
    CONTENT[1]?.(db)
    db.exec(`UPDATE profiles SET adopted = '{"entry":"adopted/1","files":{"config":"/c"},"ownRegion":true}'`)
  },
  (db) => {
    CONTENT[2]?.(db)
    db.exec(`
      INSERT INTO accounts VALUES ('123456789012', 'acme-prod', 'prod'), ('234567890123', NULL, 'unheard-of');
      INSERT INTO role_use VALUES ('r1', 1, 3, 1700000000000);
    `)
  },
  (db) => {
    CONTENT[2]?.(db)
    db.exec(`
      INSERT INTO accounts VALUES ('123456789012', 'acme-prod', 'prod', 1), ('234567890123', NULL, 'unheard-of', 0);
      INSERT INTO role_use VALUES ('r1', 1, 3, 1700000000000);
    `)
  },
  (db) => CONTENT[4]?.(db),
  (db) => {
    CONTENT[5]?.(db)
    db.exec(`INSERT INTO sealed VALUES ('s1', 'acme', '{"id":"s1","name":"acme","userName":"EmergencyAccess"}')`)
  },
  (db) => CONTENT[6]?.(db),
  (db) => CONTENT[6]?.(db),
  (db) => {
    CONTENT[6]?.(db)
    db.exec(`INSERT INTO openings VALUES ('o1', 's1', '2026-03-01T03:15:00.000Z')`)
  },
  (db) => {
    db.exec(`
      INSERT INTO records VALUES ('i1', 'identity', 'work'), ('i2', 'identity', 'corp'), ('r1', 'role', 'deploy');
      INSERT INTO identities VALUES
        ('i1', 'access-key', 'AKIAIOSFODNN7EXAMPLE', NULL, NULL, NULL, 'eu-west-1', 1, 'then', 'long ago', '{}'),
        ('i2', 'identity-center', '', NULL, NULL, NULL, NULL, 0, NULL, 'long ago',
          '{"startUrl":"https://corp.awsapps.com/start","ssoRegion":"eu-west-1","cliSession":null}');
      INSERT INTO roles VALUES
        ('r1', 'arn:aws:iam::123456789012:role/D', '123456789012', 'aws', '/', 'D', 'i1', '{"mfa":true}', 'long ago');
      INSERT INTO vault_index VALUES ('identity/i1/secret-access-key');
      INSERT INTO settings VALUES ('theme', 'dark');
      INSERT INTO profiles (profile, config_file, target, mode, credentials_file, written_at) VALUES ('dev', '/c', 'role:r1', 'process', NULL, 'then');
      UPDATE profiles SET adopted = '{"entry":"adopted/1","files":{"config":"/c"},"ownRegion":true}';
      INSERT INTO accounts VALUES ('123456789012', 'acme-prod', 'prod', 1), ('234567890123', NULL, 'unheard-of', 0);
      INSERT INTO role_use VALUES ('r1', 1, 3, 1700000000000);
      INSERT INTO sealed VALUES ('s1', 'acme', '{"id":"s1","name":"acme","userName":"EmergencyAccess"}');
      INSERT INTO openings VALUES ('o1', 's1', '2026-03-01T03:15:00.000Z');
      INSERT INTO center_tokens VALUES ('i2', x'00', 1700000000000, 0);
    `)
  },
  (db) => {
    CONTENT[10]?.(db)
    db.exec(`INSERT INTO sso_sessions VALUES ('corp', '/c', 'i2', 'then')`)
  },
]

function makeVersion(version: number): void {
  const db = connect(file)
  db.exec('PRAGMA journal_mode = WAL')
  migrate(db, MIGRATIONS.slice(0, version))
  CONTENT[version]?.(db)
  db.close()
}

test('there is content for every version', () => {
  expect(CONTENT).toHaveLength(MIGRATIONS.length + 1)
})

test.each(MIGRATIONS.map((_, index) => index + 1))('version %i opens with its content', (version) => {
  makeVersion(version)
  const store = openStore({ file })
  expect(store.setAside).toBeUndefined()
  expect(store.identities.byName('work')).toMatchObject({ id: 'i1', verified: true, region: 'eu-west-1' })
  expect(store.roles.byName('deploy')).toMatchObject({
    source: { kind: 'identity', name: 'work' },
    settings: { mfa: true },
  })
  expect(store.vaultIndex.list()).toEqual(['identity/i1/secret-access-key'])
  expect(store.setting('theme')).toBe('dark')
  const adopted = { entry: 'adopted/1', files: { config: '/c' }, ownRegion: true }
  expect(store.profiles.list()).toEqual([
    {
      profile: 'dev',
      target: 'role:r1',
      mode: 'process',
      configFile: '/c',
      credentialsFile: null,
      writtenAt: 'then',
      ...(version > 1 ? { adopted } : {}),
    },
  ])
  expect(store.accounts.list()).toEqual(
    version > 2
      ? [
          {
            accountId: '123456789012',
            name: 'acme-prod',
            environment: 'prod',
            ...(version > 3 ? { byHand: true } : {}),
          },
          { accountId: '234567890123', name: null, environment: null },
        ]
      : [],
  )
  expect(store.sealed.list().map(({ name }) => name)).toEqual(version > 5 ? ['acme'] : [])
  expect(store.openings.untilOf('s1')).toBe(version > 8 ? '2026-03-01T03:15:00.000Z' : null)
  expect(store.ssoSessions.ofIdentity('i2')).toEqual(
    version > 10 ? [{ session: 'corp', configFile: '/c', identityId: 'i2', writtenAt: 'then' }] : [],
  )
  expect(store.roleUse.list()).toEqual(
    version > 2 ? [{ roleId: 'r1', pinned: true, uses: 3, lastUsedAt: 1_700_000_000_000 }] : [],
  )
  store.close()
})

test('a newer version is refused and left as it was', () => {
  makeVersion(1)
  const db = connect(file)
  db.exec('PRAGMA user_version = 999')
  db.close()
  expect(() => openStore({ file })).toThrow(expect.objectContaining({ code: 'store.newer', exitCode: 8 }))
  const again = connect(file)
  expect(readPragma(again, 'user_version')).toBe(999)
  again.close()
})

describe('a step', () => {
  const addColumn: Migration = (db) => db.exec('ALTER TABLE settings ADD COLUMN extra TEXT')

  test('runs once, however many connections were waiting to run it', () => {
    makeVersion(MIGRATIONS.length)
    const [first, second] = [connect(file), connect(file)]
    for (const db of [first, second, first]) migrate(db, [...MIGRATIONS, addColumn])
    expect(readPragma(second, 'user_version')).toBe(MIGRATIONS.length + 1)
    first.close()
    second.close()
  })

  test('that fails takes back the steps before it', () => {
    makeVersion(MIGRATIONS.length)
    const db = connect(file)
    const broken: Migration = () => {
      throw new Error('broken')
    }
    expect(() => migrate(db, [...MIGRATIONS, addColumn, broken])).toThrow('broken')
    expect(readPragma(db, 'user_version')).toBe(MIGRATIONS.length)
    expect(db.prepare('SELECT * FROM settings').all()).toEqual([{ key: 'theme', value: 'dark' }])
    db.close()
  })
})
