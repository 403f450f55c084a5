/** The delay after wrong passphrases, on a clock of the test's. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLockOut, delayAfter } from '#core/vault/file/lock-out.ts'
import { createFileVaultWorld, type FileVaultWorld, PASSPHRASE } from '../../../../support/file-vault-world.ts'

let world: FileVaultWorld
let now: number
const clock = () => now
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error

beforeEach(() => {
  world = createFileVaultWorld()
  now = Date.UTC(2026, 0, 1)
})
afterEach(() => world.end())

it('grows from the third on, to a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 500].map(delayAfter)).toEqual([0, 0, 2, 4, 8, 16, 32, 60, 60, 60])
})

it('holds for every process, with the right passphrase too, until it is over; then that one ends it', async () => {
  const open = (passphrase: string) => world.open({ passphrase, clock })
  await open(PASSPHRASE).put('a', 'a-secret')
  const wrong = () => open('not the passphrase').get('a')
  await expect(wrong()).rejects.toThrow(code('vault.wrong-passphrase'))
  await expect(wrong()).rejects.toThrow(code('vault.wrong-passphrase'))
  await expect(wrong()).rejects.toThrow(expect.objectContaining({ hint: 'Try again in 2 s. Nothing was changed.' }))
  // One after the other: a second that fails while the first is awaited has nobody to catch it.
  for (const attempt of [wrong, () => open(PASSPHRASE).get('a')])
    await expect(attempt()).rejects.toThrow(code('vault.wait'))
  now += 1999
  await expect(open(PASSPHRASE).get('a')).rejects.toThrow(/1 s/)
  now += 1
  expect(await open(PASSPHRASE).get('a')).toBe('a-secret')
  await expect(wrong()).rejects.toThrow(code('vault.wrong-passphrase'))
  expect(await open(PASSPHRASE).get('a')).toBe('a-secret')
})

it('does not hold up a process that has the file open', async () => {
  const opened = world.open({ clock })
  await opened.put('a', 'a-secret')
  for (let count = 0; count < 3; count += 1)
    await expect(world.open({ passphrase: 'not the passphrase', clock }).get('a')).rejects.toThrow()
  await expect(world.open({ clock }).get('a')).rejects.toThrow(code('vault.wait'))
  expect(await opened.get('a')).toBe('a-secret')
})

it('is a pause, and neither none nor for ever, with a clock that was set back', () => {
  const lockOut = createLockOut(world.store, clock)
  for (let count = 0; count < 5; count += 1) lockOut.failed()
  now -= 365 * 24 * 3600_000
  expect(() => lockOut.check()).toThrow(/8 s/)
  now += 8000
  expect(() => lockOut.check()).not.toThrow()
})

it.each(['x', '{}', '[]', '{"count":-1,"at":0}', '{"count":1e99,"at":0}', '{"count":3,"at":"now"}', 'null'])(
  'is a pause with %s in its place',
  (text) => {
    world.store.setSetting('vault.wrong-passphrases', text)
    const lockOut = createLockOut(world.store, clock)
    expect(() => lockOut.check()).toThrow(code('vault.wait'))
    now += 2000
    expect(() => lockOut.check()).not.toThrow()
  },
)

it('counts wrong ones of many at the same moment', async () => {
  await world.open({ clock }).put('a', 'a-secret')
  const guesses = Array.from({ length: 6 }, (_, number) =>
    world.open({ passphrase: `wrong one ${number}`, clock }).get('a'),
  )
  for (const guess of await Promise.allSettled(guesses)) expect(guess.status).toBe('rejected')
  await expect(world.open({ clock }).get('a')).rejects.toThrow(/in 16 s/)
})
