/**
 * A process that adds to an activity log: `FOLDER PREFIX COUNT` adds that many entries on the vault of the ring it runs
 * in. COUNT `forever` goes on until killed, and prints the number of each entry that is on the disk on a line of its own.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { createActivityLog } from '#core/activity/index.ts'
import { createLog } from '#core/log.ts'
import { openStore } from '#core/store/open-store.ts'
import { openVault } from '#core/vault/open-vault.ts'

const [folder = '', prefix = '', count = ''] = process.argv.slice(2)
const store = openStore({ file: join(folder, 'hallpass.db') })
const vault = openVault({ index: store.vaultIndex })
const log = createLog(() => {})
const file = join(folder, 'activity.db')
const activity = createActivityLog({ file, store, vault, clock: Date.now, log, program: 'writer' })
const limit = count === 'forever' ? Number.POSITIVE_INFINITY : Number(count)
for (let number = 0; number < limit; number += 1) {
  await activity.record({ kind: 'credentials.issued', name: `${prefix}-${number}`, how: 'exec' })
  if (count === 'forever') writeSync(1, `${number}\n`)
}
activity.close()
store.close()
