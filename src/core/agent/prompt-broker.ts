/**
 * Asks the clients of an agent that has no window. The engine sees to it that a code is asked for once; this finds
 * somebody to ask: of the clients that wait for it, the first. When that one dies, or has no terminal, the next.
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { MfaPrompt, MfaPromptRequest } from '../capabilities.ts'
import type { CallerProcess } from './protocol.ts'

/** A client that waits for a session. */
export interface Asker {
  /** The role or identity it wants. */
  readonly name: string
  /** Its process; unknown for one of another version. */
  readonly caller?: CallerProcess | undefined
  /** @throws HallpassError what the client said instead of a code; anything else when it is gone */
  ask(request: MfaPromptRequest): Promise<string>
  /** Told that another client is asked for the code it waits for. */
  waits?(): void
}

export class PromptBroker {
  readonly #askers = new Set<Asker>()
  /** Questions that somebody is being asked. */
  readonly #open = new Set<MfaPromptRequest>()
  readonly #waitsFor: (name: string, request: MfaPromptRequest) => boolean

  /** @param waitsFor whether a client that wants `name` waits for the code of `request` */
  constructor(waitsFor: (name: string, request: MfaPromptRequest) => boolean) {
    this.#waitsFor = waitsFor
  }

  /** Counts a client in until the function returned is called. */
  join(asker: Asker): () => void {
    this.#askers.add(asker)
    if ([...this.#open].some((request) => this.#waitsFor(asker.name, request))) asker.waits?.()
    return () => this.#askers.delete(asker)
  }

  /** @throws HallpassError `cancelled` when a person declines, `mfa.required` when no client can ask one */
  readonly prompt: MfaPrompt = async (request) => {
    const asked = new Set<Asker>()
    let refusal: HallpassError | undefined
    for (let asker = this.#next(asked, request); asker; asker = this.#next(asked, request)) {
      asked.add(asker)
      if (asked.size === 1) this.#tellOthers(asker, request)
      this.#open.add(request)
      try {
        return await asker.ask(request)
      } catch (error) {
        if (isHallpassError(error, 'cancelled')) throw error
        if (isHallpassError(error)) refusal = error
      } finally {
        this.#open.delete(request)
      }
    }
    throw refusal ?? request.problem ?? noOne(request)
  }

  #tellOthers(asked: Asker, request: MfaPromptRequest): void {
    for (const asker of this.#askers) if (asker !== asked && this.#waitsFor(asker.name, request)) asker.waits?.()
  }

  #next(asked: ReadonlySet<Asker>, request: MfaPromptRequest): Asker | undefined {
    for (const asker of this.#askers) if (!asked.has(asker) && this.#waitsFor(asker.name, request)) return asker
    return undefined
  }
}

function noOne({ target, identity }: MfaPromptRequest): HallpassError {
  return new HallpassError('mfa.required', `${target} needs an MFA code of ${identity}, and nobody is there to ask.`, {
    hint: `Start ${target} in a terminal.`,
  })
}
