/**
 * A process that writes to an encrypted file: `HOME PREFIX COUNT` stores that many secrets, each the name of its entry
 * and more. COUNT `forever` goes on until killed. Prints the number of each stored one on a line of its own.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '#core/store/open-store.ts'
import { createFileVault } from '#core/vault/file/file-vault.ts'
import { VaultKeys } from '#core/vault/file/keys.ts'
import { PASSPHRASE, QUICK } from './file-vault-world.ts'

const [home = '', prefix = '', count = ''] = process.argv.slice(2)
const store = openStore({ file: join(home, 'hallpass.db') })
const keys = new VaultKeys()
const vault = createFileVault({ home, store, keys, clock: Date.now, passphrase: PASSPHRASE, cost: QUICK })
const limit = count === 'forever' ? Number.POSITIVE_INFINITY : Number(count)
for (let number = 0; number < limit; number += 1) {
  const entry = `${prefix}/${number}`
  await vault.put(entry, `secret of ${entry}`)
  writeSync(1, `${number}\n`)
}
store.close()
