/**
 * A process that writes to a store: `FILE PREFIX COUNT` adds that many identities, each with a role and its profile,
 * one transaction per pair. COUNT `forever` goes on until killed; `fill` until something fails. Prints what it did and how many
 * roles there are, or the coded error, as JSON; with `forever` the number of each committed pair on a line of its own.
 */
import { writeSync } from 'node:fs'
import { openStore } from '#core/store/open-store.ts'
import { isHallpassError } from '#shared/errors.ts'
import { makeIdentity, makeRole } from './store-records.ts'

const [file = '', prefix = '', count = ''] = process.argv.slice(2)
const limit = /^\d+$/.test(count) ? Number(count) : Number.POSITIVE_INFINITY
let written = 0
let stored = 0
try {
  const store = openStore({ file })
  try {
    for (; written < limit; written += 1) {
      const identity = makeIdentity(`${prefix}-i${written}`)
      const source = { kind: 'identity', id: identity.id, name: identity.name } as const
      store.transaction(() => {
        store.identities.insert(identity)
        const settings = { mfa: false, ...(count === 'fill' ? { externalId: 'x'.repeat(1200) } : {}) }
        store.roles.insert(makeRole(`${prefix}-r${written}`, `${prefix}-r${written}`, source, settings))
        store.profiles.put({
          profile: `${prefix}-r${written}`,
          target: `role:${prefix}-r${written}`,
          mode: 'process',
          configFile: '/home/dana/.aws/config',
          credentialsFile: null,
          writtenAt: '2026-01-02T03:04:05.000Z',
        })
      })
      if (count === 'forever') writeSync(1, `${written}\n`)
    }
  } finally {
    stored = store.roles.list().length
    store.close()
  }
  if (count !== 'forever') writeSync(1, JSON.stringify({ written, stored }))
} catch (error) {
  if (!isHallpassError(error)) throw error
  writeSync(1, JSON.stringify({ written, ...error.toReport() }))
}
