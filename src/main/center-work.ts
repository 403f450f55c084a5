/**
 * What is under way for each sign-in to Identity Center: a person in the browser, or a reading of its roles. It is here, and
 * not in the page, so that a dialog may close while it goes on, and so that cancelling ends the work itself.
 */

import type { Hallpass } from '#core/hallpass.ts'
import type { DeviceCodeToConfirm } from '#core/identity-center/sign-in-device.ts'
import type { DiscoverOptions } from '#core/identity-center/take-in.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CenterState, DiscoveryProgressView, SignInWay } from '#shared/identity-center-view.ts'
import type { CenterView, CodeToCompare, DiscoveryView, IpcEvent, IpcEventPayload } from '#shared/ipc.ts'
import { discoveryView } from './discovery-view.ts'

export interface CenterWork {
  /** Of every sign-in there is, by name. */
  state(): Promise<CenterView[]>
  /** @throws as `hallpass.centers.signIn` */
  signIn(name: string, way: SignInWay): Promise<CenterState>
  /** @throws `sso.sign-in-expired` when no code is waited for */
  openPage(name: string): Promise<void>
  /** @throws as `hallpass.centers.discover` */
  discover(request: DiscoverRequest): Promise<DiscoveryView>
  /** Ends what is under way for it, and waits until it has ended. */
  cancel(name: string): Promise<void>
  /** Ends everything, and forgets what was found. */
  forgetAll(): void
}

type DiscoverRequest = { readonly name: string } & Pick<
  DiscoverOptions,
  'choices' | 'prune' | 'dryRun' | 'reuse' | 'startOver'
>

export interface CenterWorkParts {
  readonly hallpass: Pick<Hallpass, 'centers' | 'identities'>
  /** Opens an allow-listed URL in the system's browser. */
  readonly openUrl: (url: string) => Promise<void>
  readonly broadcast: <E extends IpcEvent>(event: E, payload: IpcEventPayload<E>) => void
  readonly changed: () => void
  /** Milliseconds between two words about progress. */
  readonly every?: number
}

/** One thing under way. */
interface Work {
  readonly abort: AbortController
  /** Settles with it, and never rejects. */
  readonly over: Promise<unknown>
}

interface SignInWork extends Work {
  readonly way: SignInWay
  code?: CodeToCompare
  /** With the code in it. */
  page?: string
}

interface ReadingWork extends Work {
  progress: DiscoveryProgressView
}

const EVERY = 250
/** Every list is asked for again then: once for so many words about progress. */
const LISTS_EVERY = 4
const NOTHING_YET: DiscoveryProgressView = {
  accountsKnown: 0,
  accountsDone: 0,
  rolesFound: 0,
  requests: 0,
  throttled: 0,
}

export function createCenterWork(parts: CenterWorkParts): CenterWork {
  const { hallpass, openUrl, broadcast, changed, every = EVERY } = parts
  const { centers, identities } = hallpass
  // All by the identity's id: it may be renamed meanwhile.
  const signIns = new Map<string, SignInWork>()
  const readings = new Map<string, ReadingWork>()
  const reports = new Map<string, DiscoveryView>()
  const idOf = (name: string) => identities.show(name).id
  const nameOf = (id: string) => identities.list().find((identity) => identity.id === id)?.name

  async function end(work: Work | undefined): Promise<void> {
    work?.abort.abort()
    await work?.over
  }

  /** Runs `begin` as the one work of that kind for `id`; it is in `all` until it settles. */
  async function run<W extends Work, T>(
    all: Map<string, W>,
    id: string,
    about: Omit<W, keyof Work>,
    begin: (work: W) => Promise<T>,
  ): Promise<T> {
    const settled = Promise.withResolvers<void>()
    const work = { ...about, abort: new AbortController(), over: settled.promise } as unknown as W
    all.set(id, work)
    changed()
    try {
      return await begin(work)
    } finally {
      if (all.get(id) === work) all.delete(id)
      settled.resolve()
      changed()
    }
  }

  function showCode(id: string, work: SignInWork, given: DeviceCodeToConfirm): void {
    const { userCode, verificationUri: address, verificationUriComplete, expiresAt } = given
    work.code = { userCode, address, expiresAt }
    work.page = verificationUriComplete
    const name = nameOf(id)
    if (name !== undefined) broadcast('center.code', { name, ...work.code })
  }

  /** Tells how far it is, and more seldom that lists have changed, until it is over. @returns stops */
  function tellProgress(id: string, work: ReadingWork): () => void {
    let told = work.progress
    let listed = work.progress
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
      if (ticks % LISTS_EVERY === 0 && listed.rolesFound !== work.progress.rolesFound) {
        listed = work.progress
        changed()
      }
      const name = nameOf(id)
      if (told === work.progress || name === undefined) return
      told = work.progress
      broadcast('center.progress', { name, ...told })
    }, every)
    return () => clearInterval(timer)
  }

  return {
    state: () =>
      Promise.all(
        identities
          .list()
          .filter(({ kind }) => kind === 'identity-center')
          .map(async ({ id, name }) => {
            const state = await centers.state(name)
            const signIn = signIns.get(id)
            return {
              name,
              ...state,
              signingIn: signIn ? { way: signIn.way, code: signIn.code ?? null } : null,
              reading: readings.get(id)?.progress ?? null,
              report: reports.get(id) ?? null,
              choices: centers.lastChoices(name),
            }
          }),
      ),

    async signIn(name, way) {
      const id = idOf(name)
      // Core would have a second one join the first, whichever way that goes.
      while (signIns.has(id)) await end(signIns.get(id))
      return run<SignInWork, CenterState>(signIns, id, { way }, (work) =>
        centers.signIn(name, {
          way,
          open: openUrl,
          onCode: (code) => showCode(id, work, code),
          signal: work.abort.signal,
        }),
      )
    },

    async openPage(name) {
      const page = signIns.get(idOf(name))?.page
      if (page === undefined)
        throw new HallpassError('sso.sign-in-expired', 'No code is waiting to be confirmed.', {
          hint: 'Sign in again.',
        })
      await openUrl(page)
    },

    async discover({ name, ...options }) {
      const id = idOf(name)
      if (readings.has(id))
        throw new HallpassError('session.busy', `The roles of ${name} are being read already.`, {
          hint: 'Wait until that is done, or cancel it.',
        })
      reports.delete(id)
      return run<ReadingWork, DiscoveryView>(readings, id, { progress: NOTHING_YET }, async (work) => {
        const stop = tellProgress(id, work)
        try {
          const onProgress = (progress: DiscoveryProgressView) => {
            work.progress = progress
          }
          const report = await centers.discover(name, { ...options, onProgress, signal: work.abort.signal })
          const view = discoveryView(report, options.dryRun ?? false)
          reports.set(id, view)
          return view
        } finally {
          stop()
        }
      })
    },

    async cancel(name) {
      const id = idOf(name)
      await Promise.all([end(signIns.get(id)), end(readings.get(id))])
    },

    forgetAll() {
      for (const { abort } of [...signIns.values(), ...readings.values()]) abort.abort()
      reports.clear()
    },
  }
}
