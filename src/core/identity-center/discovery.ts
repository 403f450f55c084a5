/**
 * Reads which accounts and roles a person has in Identity Center: two levels, since the portal lists roles one account
 * at a time. What is read is handed over account by account, and reading can go on where it was broken off.
 *
 * - At most 5 requests at once and about 20 a second (facts E.4), fewer when the portal turns some away.
 * - Every request is tried again while its failure may pass; an account that is refused does not end the reading.
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { Clock } from '../capabilities.ts'
import type { Page, PageRequest, PortalAccess, PortalAccount, PortalCalls } from './portal.ts'
import { createSteadyRequests } from './steady-requests.ts'
import { type AbortableWait, cancelled, realWait } from './wait.ts'

/** An account with the roles assigned in it. */
export interface FoundAccount extends PortalAccount {
  /** Sorted, each once. */
  readonly roleNames: readonly string[]
}

export interface DiscoveryProgress {
  /** Grows while accounts are still being listed. */
  readonly accountsKnown: number
  /** With those of an earlier reading that this one goes on from. */
  readonly accountsDone: number
  /** In this reading. */
  readonly rolesFound: number
  readonly requests: number
  /** Requests turned away for there being too many. */
  readonly throttled: number
}

export interface DiscoveryParts {
  readonly portal: Pick<PortalCalls, 'listAccounts' | 'listAccountRoles'>
  readonly access: PortalAccess
  /** Handed over by a reading that was broken off: none of them is asked for again. */
  readonly doneAccountIds?: readonly string[] | undefined
  /** Told of each account once its roles are known; never twice of the same. */
  readonly onAccount: (account: FoundAccount) => void
  readonly onProgress?: ((progress: DiscoveryProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
  readonly clock?: Clock
  readonly wait?: AbortableWait
  /** From 0 to 1, for the jitter. */
  readonly random?: () => number
  /** Requests a second at most. */
  readonly ceiling?: number
}

/** How a reading ended. It never rejects for what AWS or the network did: what was read stays. */
export interface DiscoveryOutcome {
  /** Every account was listed, and each one's roles, but for those refused. */
  readonly isComplete: boolean
  /** Each account listed, in this reading, also those it skipped. */
  readonly accountIds: readonly string[]
  /** Accounts whose roles AWS would not list. */
  readonly refused: readonly { readonly account: PortalAccount; readonly problem: HallpassError }[]
  /** Why it is not complete: `sso.sign-in-needed`, `cancelled`, or what did not pass after many tries. */
  readonly problem: HallpassError | null
  readonly progress: DiscoveryProgress
}

const CONCURRENCY = 5
const CEILING = 20
/** Accounts in progress: more than requests at once, so that those waiting to try again hold nobody up. */
const WORKERS = 4 * CONCURRENCY
/** Nobody has so many; a list that does not end is no list. */
const MOST_PAGES = 10_000

/** Reads everything, or what is left of it. */
export async function discover(parts: DiscoveryParts): Promise<DiscoveryOutcome> {
  const { portal, access, onAccount, onProgress } = parts
  const { clock = Date.now, wait = realWait, random = Math.random, ceiling = CEILING } = parts
  const over = new AbortController()
  const signal = parts.signal ? AbortSignal.any([parts.signal, over.signal]) : over.signal
  const steady = createSteadyRequests({ clock, wait, ceiling, concurrency: CONCURRENCY, random, signal })
  const accounts = new Map<string, PortalAccount>()
  const done = new Set(parts.doneAccountIds)
  const refused: { account: PortalAccount; problem: HallpassError }[] = []
  const counts = { accountsDone: 0, rolesFound: 0 }

  const progress = (): DiscoveryProgress => ({ accountsKnown: accounts.size, ...counts, ...steady.counts() })

  async function* pages<T>(list: (page: PageRequest) => Promise<Page<T>>): AsyncGenerator<readonly T[]> {
    let nextToken: string | null = null
    for (let count = 1; ; count++) {
      const page: Page<T> = await steady.send(() => list({ nextToken, signal }))
      yield page.items
      if (page.nextToken === null) return
      if (page.nextToken === nextToken || count === MOST_PAGES) throw endless()
      nextToken = page.nextToken
    }
  }

  async function readRoles(account: PortalAccount): Promise<void> {
    const names = new Set<string>()
    try {
      for await (const page of pages((request) => portal.listAccountRoles(access, account.accountId, request)))
        for (const name of page) names.add(name)
    } catch (error) {
      if (!isHallpassError(error, 'sso.no-access')) throw error
      refused.push({ account, problem: error })
      counts.accountsDone++
      onProgress?.(progress())
      return
    }
    onAccount({ ...account, roleNames: [...names].toSorted() })
    counts.accountsDone++
    counts.rolesFound += names.size
    onProgress?.(progress())
  }

  const waiting: PortalAccount[] = []
  const workers = new Set<Promise<void>>()
  let failure: unknown

  /** One failure ends all: the others would fail as well. */
  function fail(error: unknown): void {
    failure ??= error
    over.abort()
  }

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) await readRoles(next)
  }

  function startWorker(): void {
    if (workers.size >= WORKERS || waiting.length === 0 || signal.aborted) return
    const worker = work()
      .catch(fail)
      .finally(() => workers.delete(worker))
    workers.add(worker)
  }

  try {
    for await (const page of pages((request) => portal.listAccounts(access, request))) {
      for (const account of page) {
        if (accounts.has(account.accountId)) continue
        accounts.set(account.accountId, account)
        if (done.has(account.accountId)) counts.accountsDone++
        else waiting.push(account)
        startWorker()
      }
      onProgress?.(progress())
    }
  } catch (error) {
    fail(error)
  }
  // A worker may have found nothing to do just before the last accounts came.
  for (startWorker(); workers.size > 0; startWorker()) await Promise.all(workers)

  const problem = parts.signal?.aborted ? cancelled() : failure
  if (problem !== undefined && !isHallpassError(problem)) throw problem
  return {
    isComplete: problem === undefined,
    accountIds: [...accounts.keys()],
    refused,
    problem: problem ?? null,
    progress: progress(),
  }
}

function endless(): HallpassError {
  return new HallpassError('aws.unavailable', 'Identity Center gave a list that does not end.', {
    hint: 'Try again in a minute.',
  })
}
