import { expect, it } from 'vitest'
import { createWorld } from './world.ts'

it('a caller with an MFA code in hand does not wait for one that is still asking for its own', async () => {
  const world = createWorld()
  world.role('admin', world.identity(), { mfa: true })
  let goOn = () => {}
  const slow = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const reached = new Promise<void>((resolve) => {
    world.onCall = ({ request }) => {
      if (request.mfa?.code !== '111111') return
      resolve()
      return slow
    }
  })
  const asking = world.engine.credentials('admin')
  await reached
  await world.engine.credentials('admin', { mfaCode: '654321' })
  expect(world.calls.map(({ request }) => request.mfa?.code)).toEqual(['111111', '654321'])
  goOn()
  await asking
})
