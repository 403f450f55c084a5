/** An activity log in a folder of its own, with a real store, a vault in memory and a clock that stands still. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ActivityLog, createActivityLog } from '#core/activity/index.ts'
import { openStore } from '#core/store/open-store.ts'
import { connect, type DatabaseSync } from '#core/store/sqlite.ts'
import type { Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import { HallpassError } from '#shared/errors.ts'

export const NOON = Date.parse('2026-11-25T12:00:00Z')

export interface ActivityWorld {
  readonly activity: ActivityLog
  readonly store: Store
  readonly vault: Vault
  /** Vault entries; everything read from or written to it, in order. */
  readonly secrets: Map<string, string>
  readonly vaultCalls: string[]
  readonly errors: unknown[]
  readonly folder: string
  readonly file: string
  vaultProblem: HallpassError | undefined
  /** Milliseconds since the epoch. */
  now: number
  /** The log as another process sees it. */
  another(): ActivityLog
  /** Changes the file behind Hallpass's back. */
  tamper(work: (db: DatabaseSync) => void): void
  end(): void
}

export function createActivityWorld(): ActivityWorld {
  const folder = mkdtempSync(join(tmpdir(), 'activity-'))
  const file = join(folder, 'activity.db')
  const store = openStore({ file: join(folder, 'hallpass.db') })
  const secrets = new Map<string, string>()
  const vaultCalls: string[] = []
  const call = (name: string, entry: string) => {
    if (world.vaultProblem) throw world.vaultProblem
    vaultCalls.push(`${name} ${entry.split('/')[0]}`)
  }
  const vault: Vault = {
    kind: 'keychain',
    status: async () => ({ kind: 'keychain', state: 'unlocked', problem: null }),
    async get(entry) {
      call('get', entry)
      const secret = secrets.get(entry)
      if (secret === undefined) throw new HallpassError('vault.entry-lost', `${entry} is gone.`)
      return secret
    },
    async put(entry, secret) {
      call('put', entry)
      secrets.set(entry, secret)
    },
    async remove(entry) {
      call('remove', entry)
      secrets.delete(entry)
    },
  }
  const opened: ActivityLog[] = []
  const errors: unknown[] = []
  const log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (_: string, fields: unknown) => errors.push(fields),
  }
  const open = () => {
    const activity = createActivityLog({ file, store, vault, clock: () => world.now, log, program: 'hallpass' })
    opened.push(activity)
    return activity
  }
  const world: ActivityWorld = {
    activity: open(),
    store,
    vault,
    secrets,
    vaultCalls,
    errors,
    folder,
    file,
    vaultProblem: undefined,
    now: NOON,
    another: open,
    tamper(work) {
      const db = connect(file)
      try {
        work(db)
      } finally {
        db.close()
      }
    },
    end() {
      for (const activity of opened) activity.close()
      store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return world
}
