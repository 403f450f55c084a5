// The handlers behind the lock, called as the tray would: without IPC in between.
import { expect, it } from 'vitest'
import { CALLS_WHILE_LOCKED, IPC_CALLS, type IpcChannel } from '#shared/ipc.ts'
import { gateHandlers } from '../../../src/main/gate-handlers.ts'
import type { IpcHandlers } from '../../../src/main/ipc.ts'

const CHANNELS = Object.keys(IPC_CALLS) as IpcChannel[]

function setUp(answer: (channel: string) => unknown) {
  const gate = { isClosed: false }
  const called: string[] = []
  const handlers = Object.fromEntries(
    CHANNELS.map((channel) => [
      channel,
      () => {
        called.push(channel)
        return answer(channel)
      },
    ]),
  ) as unknown as IpcHandlers
  const gated = gateHandlers(handlers, gate) as unknown as Record<string, (request?: unknown) => Promise<unknown>>
  return { gate, called, call: async (channel: IpcChannel) => gated[channel]?.() }
}

it('do what they do while it is open', async () => {
  const { call } = setUp((channel) => channel)
  for (const channel of CHANNELS) expect(await call(channel)).toBe(channel)
})

it('do nothing while it is closed, but what the lock screen needs', async () => {
  const { gate, called, call } = setUp((channel) => channel)
  gate.isClosed = true
  const answered: string[] = []
  for (const channel of CHANNELS) {
    await call(channel).then(
      () => answered.push(channel),
      (error: unknown) => expect(error).toMatchObject({ code: 'app.locked' }),
    )
  }
  expect(answered.sort()).toEqual([...CALLS_WHILE_LOCKED].sort())
  expect(called.sort()).toEqual(answered)
  // What is in this list is told to anybody in front of a locked window.
  expect(answered).toEqual(['app.info', 'lock.now', 'lock.state', 'lock.unlock'])
})

it.each(['answer', 'failure'])('give no %s that was on its way when it closed', async (how) => {
  let settle = (): void => {}
  const { gate, call } = setUp(
    () =>
      new Promise((resolve, reject) => {
        settle = () => (how === 'answer' ? resolve('a role') : reject(new Error('a role')))
      }),
  )
  const asked = call('roles.page')
  gate.isClosed = true
  settle()
  await expect(asked).rejects.toMatchObject({ code: 'app.locked' })
})
