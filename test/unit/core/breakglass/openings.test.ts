/** When an opening is over: by the clock, whatever timers did, and by a hand in whatever process. */
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
const REASON = { reason: 'INC-1, console is down' }

type Openings = ReturnType<typeof createOpenings>

let folder: string
let store: Store
let now: number
let recorded: string[]
let openings: Openings
let vault: Vault
let records: ReturnType<typeof createSealedRecords>
/** Ends what a test started, the last first. */
let ends: (() => void)[]

const openUntil = () => records.show('lab').openUntil

/** A process of Hallpass: a connection of its own to the store, and openings nobody else knows. */
function startProcess(openSeconds: number): Openings {
  const own = openStore({ file: join(folder, 'hallpass.db') })
  const clock = () => now
  const note = (what: string) => async () => void recorded.push(what)
  const parts: OpeningsParts = {
    store: own,
    vault,
    clock,
    awsClock: clock,
    // Its timers do not run in a test that takes no time: as in a computer that slept.
    openSeconds: () => openSeconds,
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
  const started = createOpenings(parts)
  ends.unshift(() => {
    started.dispose()
    own.close()
  })
  return started
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'openings-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  vault = createMemoryVault() as unknown as Vault
  now = Date.parse('2026-03-01T03:00:00Z')
  recorded = []
  ends = [() => store.close()]
  openings = startProcess(15 * 60)
  records = createSealedRecords({ store, vault, clock: () => now })
  await records.add({
    name: 'lab',
    userName: 'rescue',
    password: 'a planted password',
    environment: 'dev',
  })
})
afterEach(() => {
  for (const end of ends) end()
  rmSync(folder, { recursive: true, force: true })
})

it('after a sleep beyond its time it shows nothing and leads nowhere, though no timer ran', async () => {
  for (const use of [
    (id: string) => openings.reveal(id, 'password', 'shown'),
    (id: string) => openings.assume(id, 'SupportUserRole'),
  ]) {
    recorded = []
    const { id } = await openings.open('lab', REASON)
    now += 15 * MINUTE
    await expect(use(id)).rejects.toMatchObject({ code: 'breakglass.sealed' })
    expect(recorded).toEqual(['opened', 'closed by-itself'])
    expect(openUntil()).toBeNull()
  }
})

it('one whose time is over is not among those that are open, and is closed when they are asked for', async () => {
  await openings.open('lab', REASON)
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

it('closed by hand in another process it shows nothing here, is listed no more, and its listeners are told', async () => {
  const { id } = await openings.open('lab', REASON)
  const elsewhere = startProcess(60)
  let told = 0
  openings.onOpenings(() => {
    told += 1
  })
  expect(await elsewhere.seal('lab')).toMatchObject({ openUntil: null })
  await expect(openings.reveal(id, 'password', 'shown')).rejects.toMatchObject({ code: 'breakglass.sealed' })
  expect(openings.openings()).toEqual([])
  expect(told).toBe(1)
  expect(recorded).toEqual(['opened', 'closed by-hand', 'closed by-hand'])
})

it.each([
  ['by the one who made it', (process: Openings, id: string) => process.leave(id)],
  ['by its time', async (process: Openings) => void process.openings()],
])('a short one of another process ends alone: %s', async (_, end) => {
  const { id, until } = await openings.open('lab', REASON)
  const elsewhere = startProcess(60)
  const short = await elsewhere.open('lab', REASON)
  expect(openUntil()).toBe(until)
  now += MINUTE
  await end(elsewhere, short.id)
  await expect(elsewhere.reveal(short.id, 'password', 'shown')).rejects.toMatchObject({ code: 'breakglass.sealed' })
  expect(openUntil()).toBe(until)
  expect(await openings.reveal(id, 'password', 'shown')).toMatchObject({ value: 'a planted password' })
})

it('closed by hand where there are several, all of them end', async () => {
  const { id } = await openings.open('lab', REASON)
  const elsewhere = startProcess(60)
  const other = await elsewhere.open('lab', REASON)
  await openings.close(id)
  await expect(elsewhere.reveal(other.id, 'password', 'shown')).rejects.toMatchObject({ code: 'breakglass.sealed' })
  expect(openUntil()).toBeNull()
})

it('opened again after it was closed elsewhere, it is open', async () => {
  await openings.open('lab', REASON)
  const elsewhere = startProcess(60)
  await elsewhere.seal('lab')
  const { id } = await openings.open('lab', REASON)
  expect(await openings.reveal(id, 'password', 'shown')).toMatchObject({ value: 'a planted password' })
  expect(openings.openings().map((each) => each.id)).toEqual([id])
})

it('what a process left open when it died is sealed by its time, and closed by hand before that', async () => {
  await startProcess(60).open('lab', REASON)
  ends.shift()?.()
  expect(openUntil()).not.toBeNull()
  await openings.seal('lab')
  expect(openUntil()).toBeNull()
  expect(recorded).toEqual(['opened', 'closed by-hand'])
  await openings.seal('lab')
  expect(recorded).toHaveLength(2)
})

it('goes with its credential, in whatever process that is removed', async () => {
  const { id } = await openings.open('lab', REASON)
  await records.remove('lab')
  await expect(openings.reveal(id, 'password', 'shown')).rejects.toMatchObject({ code: 'breakglass.sealed' })
})
