/** Entries of days gone by in a world's activity log, recorded by Hallpass itself with its clock set back. */
import { join } from 'node:path'
import { onBehalfOf } from '#core/activity/asker.ts'
import { type ActivityDraft, createActivityLog } from '#core/activity/index.ts'
import { ensureStateFolder } from '#core/state-folder.ts'
import { openStore } from '#core/store/open-store.ts'
import { openVault } from '#core/vault/open-vault.ts'
import type { World } from './world.ts'

export interface PastEntry {
  readonly daysAgo: number
  readonly draft: ActivityDraft
}

const ASKER = {
  process: { pid: 4711, name: 'hallpass', path: '/usr/bin/node', folder: '/home/dana/work' },
  parents: [{ pid: 4710, name: 'terraform', path: '/usr/bin/terraform', folder: '/home/dana/work' }],
}

/** Each at noon of its day, in the order given. The log must not have begun. */
export async function recordPast(world: World, entries: readonly PastEntry[]): Promise<void> {
  const home = world.env.HALLPASS_HOME ?? ''
  ensureStateFolder(home)
  const store = openStore({ file: join(home, 'hallpass.db') })
  let now = 0
  const activity = createActivityLog({
    file: join(home, 'activity.db'),
    store,
    vault: openVault({ index: store.vaultIndex }),
    clock: () => now,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    program: 'hallpass',
  })
  const today = new Date()
  for (const { daysAgo, draft } of entries) {
    now = new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysAgo, 12).getTime()
    await onBehalfOf(ASKER, () => activity.record(draft))
  }
  activity.close()
  store.close()
}
