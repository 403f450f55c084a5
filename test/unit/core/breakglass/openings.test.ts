/** When an opening is over: by the clock, whatever timers did. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createOpenings, type OpeningsParts } from '#core/breakglass/openings.ts'
import { createSealedRecords } from '#core/breakglass/records.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import { createMemoryVault, silentLog } from '../awsfiles/support/aws-home.ts'

const MINUTE = 60_000

let folder: string
let store: Store
let now: number
let recorded: string[]
let openings: ReturnType<typeof createOpenings>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'openings-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  const vault = createMemoryVault() as unknown as Vault
  now = Date.parse('2026-03-01T03:00:00Z')
  recorded = []
  const clock = () => now
  const note = (what: string) => async () => void recorded.push(what)
  const parts: OpeningsParts = {
    store,
    vault,
    clock,
    awsClock: clock,
    // Its timers do not run in a test that takes no time: as in a computer that slept.
    openSeconds: () => 15 * 60,
    record: {
      opened: note('opened'),
      revealed: note('revealed'),
      assumed: note('assumed'),
      followed: note('followed'),
      closed: async (_id, how) => void recorded.push(`closed ${how}`),
    },
    sts: {
      assumeRole: () => Promise.reject(new Error('asked AWS')),
      getSessionToken: () => Promise.reject(new Error('asked AWS')),
    },
    log: silentLog,
  }
  openings = createOpenings(parts)
  await createSealedRecords({ store, vault, clock }).add({
    name: 'lab',
    userName: 'rescue',
    password: 'a planted password',
    environment: 'dev',
  })
})
afterEach(() => {
  openings.dispose()
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

it('after a sleep beyond its time it shows nothing and leads nowhere, though no timer ran', async () => {
  for (const use of [
    (id: string) => openings.reveal(id, 'password', 'shown'),
    (id: string) => openings.assume(id, 'SupportUserRole'),
  ]) {
    recorded = []
    const { id } = await openings.open('lab', { reason: 'INC-1, console is down' })
    now += 15 * MINUTE
    await expect(use(id)).rejects.toMatchObject({ code: 'breakglass.sealed' })
    expect(recorded).toEqual(['opened', 'closed by-itself'])
    expect(store.sealed.byName('lab')?.openUntil).toBeNull()
  }
})

it('one whose time is over is not among those that are open, and is closed when they are asked for', async () => {
  await openings.open('lab', { reason: 'INC-1, console is down' })
  expect(openings.openings()).toHaveLength(1)
  now += 15 * MINUTE
  let isTold = false
  openings.onOpenings(() => {
    isTold = true
  })
  expect(openings.openings()).toEqual([])
  expect(isTold).toBe(true)
  expect(recorded).toEqual(['opened', 'closed by-itself'])
})

it('is over when the store says so, whatever this process believes', async () => {
  const { id } = await openings.open('lab', { reason: 'INC-1, console is down' })
  const record = store.sealed.byName('lab')
  if (record) store.sealed.update({ ...record, openUntil: new Date(now - 1).toISOString() })
  await expect(openings.reveal(id, 'password', 'shown')).rejects.toMatchObject({ code: 'breakglass.sealed' })
  expect(openings.openings()).toEqual([])
})
