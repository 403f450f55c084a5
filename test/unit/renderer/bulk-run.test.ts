import { expect, test } from 'vitest'
import { HallpassError } from '#shared/errors.ts'
import { afterRetry, failedOf, runEach } from '../../../src/renderer/lib/bulk-run.ts'

const toError = (thrown: unknown): HallpassError =>
  thrown instanceof HallpassError ? thrown : new HallpassError('internal', String(thrown))
const refusal = new HallpassError('sts.access-denied', 'AWS refused b.')

test('one that fails is no reason to leave out the next, and its reason stays with it', async () => {
  const done: string[] = []
  const outcomes = await runEach(
    ['a', 'b', 'c'],
    async (name) => {
      if (name === 'b') throw refusal
      done.push(name)
    },
    toError,
  )
  expect(done).toEqual(['a', 'c'])
  expect(outcomes).toEqual([
    { name: 'a', error: null },
    { name: 'b', error: refusal },
    { name: 'c', error: null },
  ])
  expect(failedOf(outcomes)).toEqual([{ name: 'b', error: refusal }])
})

test('each waits for the one before it', async () => {
  const order: string[] = []
  await runEach(
    ['a', 'b'],
    async (name) => {
      order.push(`${name} begins`)
      await Promise.resolve()
      order.push(`${name} ends`)
    },
    toError,
  )
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('what was tried again is known by its last attempt', () => {
  const before = [
    { name: 'a', error: null },
    { name: 'b', error: refusal },
    { name: 'c', error: refusal },
  ]
  expect(afterRetry(before, [{ name: 'b', error: null }])).toEqual([
    { name: 'a', error: null },
    { name: 'b', error: null },
    { name: 'c', error: refusal },
  ])
})
