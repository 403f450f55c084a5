/** What a command prints arrives whole, however slowly its reader reads. */
import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { makeHost, runMain } from './support.ts'

const words = ['completion', 'fish']

it('waits for a reader that pauses, as a pager does', async () => {
  const whole = (await runMain(words)).stdout
  const host = makeHost()
  expect(whole.length).toBeGreaterThan(host.stdout.readableHighWaterMark)
  let exitCode: number | undefined
  const ended = main(words, host).then((code) => {
    exitCode = code
  })
  while (host.stdout.writableLength === 0) await turn()
  for (let turns = 0; turns < 100; turns++) await turn()
  expect(exitCode).toBeUndefined()
  let read = ''
  host.stdout.on('data', (chunk) => {
    read += chunk
  })
  await ended
  expect(exitCode).toBe(0)
  expect(read).toBe(whole)
})

it('waits for no reader that has left', async () => {
  const host = makeHost()
  const ended = main(words, host)
  while (host.stdout.writableLength === 0) await turn()
  host.stdout.destroy()
  expect(await ended).toBe(0)
})
