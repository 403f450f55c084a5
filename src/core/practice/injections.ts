/** What the practice account does on request instead of answering: throttle, fail, be slow, be off, have another time. */
import { internalFailure, Refusal } from './refusal.ts'

/** What is injected at the moment. */
export interface InjectionState {
  readonly throttleNext: number
  readonly failNext: number
  readonly latencyMs: number
  readonly clockSkewSeconds: number
  readonly disabledRegions: readonly string[]
  readonly shortenTo: number | null
}

export class Injections {
  #state: InjectionState = {
    throttleNext: 0,
    failNext: 0,
    latencyMs: 0,
    clockSkewSeconds: 0,
    disabledRegions: [],
    shortenTo: null,
  }

  get state(): InjectionState {
    return this.#state
  }

  /** What is left out or undefined stays as it is. */
  change(change: { [K in keyof InjectionState]?: InjectionState[K] | undefined }): void {
    const now = this.#state
    this.#state = {
      throttleNext: change.throttleNext ?? now.throttleNext,
      failNext: change.failNext ?? now.failNext,
      latencyMs: change.latencyMs ?? now.latencyMs,
      clockSkewSeconds: change.clockSkewSeconds ?? now.clockSkewSeconds,
      disabledRegions: change.disabledRegions ?? now.disabledRegions,
      shortenTo: change.shortenTo === undefined ? now.shortenTo : change.shortenTo,
    }
  }

  /** @throws Refusal while calls are to be throttled or to fail */
  refuseIfInjected(): void {
    const { throttleNext, failNext } = this.#state
    if (throttleNext > 0) {
      this.change({ throttleNext: throttleNext - 1 })
      throw new Refusal(400, 'Throttling', 'Rate exceeded')
    }
    if (failNext > 0) {
      this.change({ failNext: failNext - 1 })
      throw internalFailure()
    }
  }

  isRegionDisabled(region: string): boolean {
    return this.#state.disabledRegions.includes(region)
  }
}
