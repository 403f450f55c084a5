/**
 * Three days of one role on a simulated clock: twelve callers, nights, a lost network, throttling, and a clock that is
 * set. The store is in memory, each caller has an engine of its own as a process would, and STS is AWS's part of it.
 *
 * The minimum of STS sessions is what an all-knowing renewer would need for the same requests: with the first request, and
 * then with each one that would otherwise get 15 minutes or less, as late as possible. Nothing later serves everybody,
 * and nothing earlier saves a call, because all sessions last equally long. To these come the calls AWS refused with no
 * valid session at hand: there the caller would otherwise be refused without anybody having asked.
 */
import { expect, it } from 'vitest'
import { createAwsClock } from '#core/aws/index.ts'
import { createSessionEngine } from '#core/sessions/index.ts'
import { HallpassError } from '#shared/errors.ts'
import { createWorld, START } from './world.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const LIFETIME = HOUR
const CALLERS = 12

/** Stretches of the three days, in hours from the start. */
const asleep = [
  [14, 22.3],
  [37.2, 45],
  [61, 62.7],
] as const
const offline = [
  [5.5, 5.62],
  [26, 26.2],
  [50.9, 52.4],
] as const
const throttled = [
  [9.6, 9.8],
  [30.3, 30.8],
] as const
/** The computer's clock is set ahead by an hour and a half, and put right after another. */
const clockWrong = [33.5, 35] as const
const WRONG_BY = 90 * MINUTE

const within = (stretches: readonly (readonly [number, number])[], hours: number) =>
  stretches.some(([from, to]) => hours >= from && hours < to)

it('three days: never an expired credential, never a refusal while one is valid, and hardly a call too many', async () => {
  const world = createWorld()
  world.role('admin', world.identity({ mfaSerial: null }))
  let trueTime = START
  let wrongBy = 0
  let saved: string | undefined
  const hours = () => (trueTime - START) / HOUR
  const local = () => trueTime + wrongBy
  let reached = 0
  let unavoidable = 0
  let issued = 0
  let validUntil = 0
  const sts = {
    getCallerIdentity: () => Promise.reject(new Error('not asked here')),
    getSessionToken: () => Promise.reject(new Error('not asked here')),
  }
  const engines = Array.from({ length: CALLERS }, () => {
    const awsClock = createAwsClock({
      local,
      uptime: () => trueTime - START + 1,
      bootId: () => 'one',
      load: () => saved,
      save: (text) => {
        saved = text
      },
    })
    return createSessionEngine({
      store: world.store,
      vault: world.vault,
      env: {},
      clock: local,
      awsClock: awsClock.now,
      tryLock: world.tryLock,
      mfaPrompt: () => Promise.reject(new Error('nobody is asked')),
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
      sts: {
        ...sts,
        async assumeRole(_call, request) {
          if (within(offline, hours())) throw new HallpassError('network.unreachable', 'No network.')
          reached += 1
          const now = Math.floor(trueTime / SECOND) * SECOND
          awsClock.observe(now, local(), local())
          // AWS takes a signature for a quarter of an hour around its own time.
          if (Math.abs(wrongBy) > 15 * MINUTE) throw new HallpassError('sts.clock-fast', 'This computer is ahead.')
          if (within(throttled, hours())) throw new HallpassError('sts.throttled', 'Too many calls.')
          issued += 1
          validUntil = now + LIFETIME
          return {
            accessKeyId: `ASIA${issued}`,
            secretAccessKey: 's',
            sessionToken: 't',
            expiration: new Date(now + LIFETIME),
            assumedRoleArn: `${request.roleArn}/x`,
          }
        },
      },
    })
  })

  let minimum = 0
  let bestUntil = 0
  let served = 0
  let kept = 0
  // The same pseudo-random days every time.
  let seed = 20_261_124
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
  const nextCall = Array.from({ length: CALLERS }, () => trueTime + random() * 5 * MINUTE)
  while (trueTime < START + 72 * HOUR) {
    trueTime = Math.min(...nextCall)
    const caller = nextCall.indexOf(trueTime)
    nextCall[caller] = trueTime + (0.5 + random() * 9.5) * MINUTE
    wrongBy = within([clockWrong], hours()) ? WRONG_BY : 0
    if (within(asleep, hours())) continue
    const canRenew = !within(offline, hours()) && !within(throttled, hours()) && !within([clockWrong], hours())
    if (canRenew && bestUntil - trueTime <= 15 * MINUTE) {
      minimum += 1
      bestUntil = Math.floor(trueTime / SECOND) * SECOND + LIFETIME
    }
    const wasValid = validUntil > trueTime
    try {
      const credentials = await engines[caller]?.credentials('admin')
      expect(credentials?.expiration.getTime()).toBeGreaterThan(trueTime)
      if (canRenew && !credentials?.kept) {
        expect(credentials?.expiration.getTime()).toBeGreaterThan(trueTime + 15 * MINUTE)
      }
      if (credentials?.kept) kept += 1
      served += 1
    } catch (error) {
      expect(wasValid, `refused at ${hours().toFixed(2)} h while valid: ${String(error)}`).toBe(false)
      unavoidable += within(offline, hours()) ? 0 : 1
      expect(canRenew, `refused at ${hours().toFixed(2)} h though AWS could be asked: ${String(error)}`).toBe(false)
    }
  }
  // The days were hard enough to say something.
  expect(served).toBeGreaterThan(4000)
  expect(kept).toBeGreaterThan(10)
  expect(minimum).toBeGreaterThan(50)
  expect(unavoidable).toBeGreaterThan(10)
  expect(issued).toBeLessThanOrEqual(minimum * 1.1)
  expect(reached).toBeLessThanOrEqual((minimum + unavoidable) * 1.1)
})
