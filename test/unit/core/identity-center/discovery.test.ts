import { describe, expect, it } from 'vitest'
import {
  type DiscoveryParts,
  type DiscoveryProgress,
  discover,
  type FoundAccount,
  type PortalAccount,
} from '#core/identity-center/index.ts'
import { PortalLoad, seededRandom } from '#core/practice/identity-center/load.ts'
import { DEFAULT_SETTINGS, type IdentityCenterSettings } from '#core/practice/identity-center/settings.ts'
import { Refusal } from '#core/practice/refusal.ts'
import { HallpassError } from '#shared/errors.ts'
import { INSTANCE, NOW } from './records.ts'
import { VirtualTime } from './virtual-time.ts'

const ACCESS = { accessToken: 'access-1', region: 'eu-west-1', startUrl: INSTANCE.startUrl }
/** Milliseconds. */
const LATENCY = 80

const accountNumber = (number: number): PortalAccount => ({
  accountId: String(100_000_000_000 + number),
  accountName: `acme-${number}`,
  emailAddress: `acme-${number}@acme.example`,
})
const rolesOf = (count: number) => Array.from({ length: count }, (_, index) => `Role${index}`)

interface World {
  readonly accounts: readonly PortalAccount[]
  readonly roles: number
  readonly pageSize?: number
  /** Milliseconds. */
  readonly latency?: number
  /** Thrown instead of an answer; `count` is from 1 for each call of that account (or of the list: '') */
  readonly fail?: (accountId: string, count: number) => HallpassError | undefined
}

/** A portal of the practice account's temper, whose time is `time`. */
function portalOf(
  { accounts, roles, pageSize = 100, latency = LATENCY, fail }: World,
  time: VirtualTime,
  admit: () => void = () => undefined,
) {
  const calls: string[] = []
  const counts = new Map<string, number>()
  let inFlight = 0
  let mostInFlight = 0
  const call = async <T>(id: string, items: readonly T[], nextToken: string | null, signal?: AbortSignal) => {
    calls.push(`${id}@${nextToken ?? ''}`)
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    mostInFlight = Math.max(mostInFlight, ++inFlight)
    try {
      await time.wait(latency, signal)
      admit()
      const failure = fail?.(id, count)
      if (failure) throw failure
      const from = Number(nextToken ?? 0)
      const next = from + pageSize
      return { items: items.slice(from, next), nextToken: next < items.length ? String(next) : null }
    } finally {
      inFlight--
    }
  }
  const portal: DiscoveryParts['portal'] = {
    listAccounts: (_access, { nextToken, signal }) => call('', accounts, nextToken, signal),
    listAccountRoles: (_access, accountId, { nextToken, signal }) => call(accountId, rolesOf(roles), nextToken, signal),
  }
  return { portal, calls, mostInFlight: () => mostInFlight }
}

function setUp(world: World, change: Partial<DiscoveryParts> = {}, admit?: (time: VirtualTime) => () => void) {
  const time = new VirtualTime()
  const stub = portalOf(world, time, admit?.(time))
  const found: FoundAccount[] = []
  const progress: DiscoveryProgress[] = []
  const parts: DiscoveryParts = {
    portal: stub.portal,
    access: ACCESS,
    onAccount: (account) => found.push(account),
    onProgress: (now) => progress.push(now),
    clock: time.clock,
    wait: time.wait,
    random: seededRandom(7),
    ...change,
  }
  return { ...stub, time, parts, found, progress, run: () => time.run(discover(parts)) }
}

const many = (count: number) => Array.from({ length: count }, (_, index) => accountNumber(index))
const ids = (accounts: readonly { accountId: string }[]) => accounts.map(({ accountId }) => accountId).toSorted()

describe('discovery', () => {
  it('finds every account and role once, over pages of both', async () => {
    const { run, found, progress } = setUp({ accounts: many(250), roles: 7, pageSize: 3 })
    const outcome = await run()
    expect(outcome).toMatchObject({ isComplete: true, problem: null, refused: [] })
    expect(ids(found)).toEqual(ids(many(250)))
    for (const { roleNames } of found) expect(roleNames).toEqual(rolesOf(7))
    const last = { accountsKnown: 250, accountsDone: 250, rolesFound: 1750, throttled: 0 }
    expect(progress.at(-1)).toMatchObject(last)
    // 84 pages of accounts, 3 of roles for each.
    expect(outcome.progress).toEqual({ ...last, requests: 84 + 750 })
  })

  it('hands accounts over while others are still being listed', async () => {
    const { run, found, calls } = setUp({ accounts: many(300), roles: 1, pageSize: 10 })
    let early = 0
    const list = calls.push.bind(calls)
    calls.push = (call) => {
      if (call === '@290') early = found.length
      return list(call)
    }
    await run()
    expect(early).toBeGreaterThan(20)
  })

  it('finds an account once that is on two pages, and a role too', async () => {
    const { run, found } = setUp({ accounts: [...many(3), ...many(3)], roles: 2 })
    const outcome = await run()
    expect(ids(found)).toEqual(ids(many(3)))
    expect(outcome.accountIds).toHaveLength(3)
  })

  it('has nothing to find', async () => {
    const { run, found } = setUp({ accounts: [], roles: 0 })
    expect(await run()).toMatchObject({ isComplete: true, accountIds: [] })
    expect(found).toEqual([])
  })

  it('has at most 5 requests under way, however long they take', async () => {
    const { run, mostInFlight } = setUp({ accounts: many(100), roles: 1, latency: 2000 })
    await run()
    expect(mostInFlight()).toBe(5)
  })

  it('makes at most 20 requests a second, however soon they are answered', async () => {
    const { run, time, calls } = setUp({ accounts: many(200), roles: 1, latency: 1 })
    await run()
    const seconds = (time.clock() - NOW) / 1000
    expect(seconds).toBeGreaterThanOrEqual((calls.length - 1) / 20)
    expect(seconds).toBeLessThan(calls.length / 20 + 0.1)
  })
})

describe('an unruly portal', () => {
  it('of 1,000 accounts with 10 roles, 20 requests a second, 5 % of 429 and 1 % of 500 is read nearly as fast as can be', async () => {
    let injected = 0
    const admit = (time: VirtualTime) => {
      const load = loadOf(time, { callsPerSecond: 20, tooManyPercent: 5, failPercent: 1 })
      return () => {
        injected++
        load()
        injected--
      }
    }
    const { run, time, found } = setUp({ accounts: many(1000), roles: 10 }, {}, admit)
    const outcome = await run()
    expect(outcome.isComplete).toBe(true)
    expect(ids(found)).toEqual(ids(many(1000)))
    const seconds = (time.clock() - NOW) / 1000
    const own = (1010 + injected) / 20
    expect(outcome.progress.requests).toBe(1010 + injected)
    expect(seconds / own).toBeLessThan(1.15)
  })

  it('that bears 8 requests a second is asked little more than that', async () => {
    const admit = (time: VirtualTime) => loadOf(time, { callsPerSecond: 8 })
    const { run, time } = setUp({ accounts: many(400), roles: 1 }, {}, admit)
    const { isComplete, progress } = await run()
    expect(isComplete).toBe(true)
    expect((time.clock() - NOW) / 1000 / (404 / 8)).toBeLessThan(1.15)
    expect(progress.throttled / progress.requests).toBeLessThan(0.3)
  })

  it('gets a request ten times, and then it is a failure', async () => {
    const { run, calls } = setUp({
      accounts: many(1),
      roles: 1,
      fail: (id) => (id === '' ? undefined : new HallpassError('aws.unavailable', 'x')),
    })
    expect(await run()).toMatchObject({ isComplete: false, problem: { code: 'aws.unavailable' } })
    expect(calls.filter((call) => call !== '@')).toHaveLength(10)
  })

  it('whose list does not end is left', async () => {
    const { parts, time } = setUp({ accounts: [], roles: 0 })
    let pages = 0
    const listAccounts = async () => {
      pages++
      return { items: [], nextToken: 'again' }
    }
    const endless = discover({ ...parts, portal: { ...parts.portal, listAccounts } })
    expect(await time.run(endless)).toMatchObject({ isComplete: false, problem: { code: 'aws.unavailable' } })
    expect(pages).toBe(2)
  })
})

describe('breaking off and going on', () => {
  const breakAfter = (count: number) => {
    let calls = 0
    return () => (++calls > count ? new HallpassError('sso.sign-in-needed', 'x') : undefined)
  }

  it('asks again for no account that is done', async () => {
    const first = setUp({ accounts: many(60), roles: 2, fail: breakAfter(30) })
    const broken = await first.run()
    expect(broken).toMatchObject({ isComplete: false, problem: { code: 'sso.sign-in-needed' } })
    expect(first.found.length).toBeGreaterThan(20)

    const doneAccountIds = ids(first.found)
    const second = setUp({ accounts: many(60), roles: 2 }, { doneAccountIds })
    const whole = await second.run()
    expect(whole).toMatchObject({ isComplete: true, progress: { accountsKnown: 60, accountsDone: 60 } })
    for (const id of doneAccountIds) expect(second.calls).not.toContain(`${id}@`)
    expect(ids([...first.found, ...second.found])).toEqual(ids(many(60)))
    expect(whole.accountIds).toHaveLength(60)
  })

  it('stops at once when cancelled, with what was found', async () => {
    const abort = new AbortController()
    const world = setUp({ accounts: many(100), roles: 1 }, { signal: abort.signal })
    const onAccount = (account: FoundAccount) => {
      world.found.push(account)
      if (world.found.length === 10) abort.abort()
    }
    const outcome = await world.time.run(discover({ ...world.parts, onAccount }))
    expect(outcome).toMatchObject({ isComplete: false, problem: { code: 'cancelled' } })
    expect(world.found).toHaveLength(10)
    expect(world.calls.length).toBeLessThan(20)
  })

  it('asks nothing when cancelled before', async () => {
    const { run, calls } = setUp({ accounts: many(1), roles: 1 }, { signal: AbortSignal.abort() })
    expect(await run()).toMatchObject({ problem: { code: 'cancelled' } })
    expect(calls).toEqual([])
  })

  it('an account that is refused does not end it', async () => {
    const [one] = many(1)
    const { run, found } = setUp({
      accounts: many(5),
      roles: 1,
      fail: (id) => (id === one?.accountId ? new HallpassError('sso.no-access', 'x') : undefined),
    })
    const outcome = await run()
    expect(outcome).toMatchObject({ isComplete: true, refused: [{ account: one, problem: { code: 'sso.no-access' } }] })
    expect(found).toHaveLength(4)
    expect(outcome.progress.accountsDone).toBe(5)
  })

  it('an account that could not be handed over is not done', async () => {
    const { parts, time } = setUp({ accounts: many(1), roles: 1 })
    const onAccount = () => {
      throw new HallpassError('store.unavailable', 'x')
    }
    const outcome = await time.run(discover({ ...parts, onAccount }))
    expect(outcome).toMatchObject({ problem: { code: 'store.unavailable' }, progress: { accountsDone: 0 } })
  })

  it('a fault of the program is one', async () => {
    const { parts, time } = setUp({ accounts: many(1), roles: 1 })
    const onAccount = () => {
      throw new TypeError('a fault')
    }
    await expect(time.run(discover({ ...parts, onAccount }))).rejects.toThrow('a fault')
  })
})

/** What the practice account's portal does before it answers. */
function loadOf(time: VirtualTime, change: Partial<IdentityCenterSettings>): () => void {
  const load = new PortalLoad()
  return () => {
    try {
      load.refuseIfBusy({ ...DEFAULT_SETTINGS, ...change }, time.clock())
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new HallpassError(error.status === 429 ? 'sso.throttled' : 'aws.unavailable', error.message)
    }
  }
}
