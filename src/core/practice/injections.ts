/** What the practice account does on request instead of answering: throttle, fail, be slow, be off, have another time. */
import { DEFAULT_SETTINGS, type IdentityCenterSettings, mergeSettings } from './identity-center/settings.ts'
import { internalFailure, Refusal } from './refusal.ts'

/** What is injected at the moment. */
export interface InjectionState {
  readonly throttleNext: number
  readonly failNext: number
  readonly dropNext: number
  readonly loseNext: number
  readonly latencyMs: number
  readonly iamDelayMs: number
  readonly clockSkewSeconds: number
  readonly disabledRegions: readonly string[]
  readonly shortenTo: number | null
  readonly identityCenter: IdentityCenterSettings
}

/** What is left out or undefined stays as it is. */
type InjectionChange = {
  [K in Exclude<keyof InjectionState, 'identityCenter'>]?: InjectionState[K] | undefined
} & { readonly identityCenter?: object | undefined }

export class Injections {
  #state: InjectionState = {
    throttleNext: 0,
    failNext: 0,
    dropNext: 0,
    loseNext: 0,
    latencyMs: 0,
    iamDelayMs: 0,
    clockSkewSeconds: 0,
    disabledRegions: [],
    shortenTo: null,
    identityCenter: DEFAULT_SETTINGS,
  }

  get state(): InjectionState {
    return this.#state
  }

  change(change: InjectionChange): void {
    const now = this.#state
    this.#state = {
      throttleNext: change.throttleNext ?? now.throttleNext,
      failNext: change.failNext ?? now.failNext,
      dropNext: change.dropNext ?? now.dropNext,
      loseNext: change.loseNext ?? now.loseNext,
      latencyMs: change.latencyMs ?? now.latencyMs,
      iamDelayMs: change.iamDelayMs ?? now.iamDelayMs,
      clockSkewSeconds: change.clockSkewSeconds ?? now.clockSkewSeconds,
      disabledRegions: change.disabledRegions ?? now.disabledRegions,
      shortenTo: change.shortenTo === undefined ? now.shortenTo : change.shortenTo,
      identityCenter: mergeSettings(now.identityCenter, change.identityCenter ?? {}),
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

  /** Counts down. @returns whether this call is to be cut off before anything is done, or after all of it */
  takeCut(): 'before' | 'after' | undefined {
    const { dropNext, loseNext } = this.#state
    if (dropNext > 0) {
      this.change({ dropNext: dropNext - 1 })
      return 'before'
    }
    if (loseNext === 0) return undefined
    this.change({ loseNext: loseNext - 1 })
    return 'after'
  }

  isRegionDisabled(region: string): boolean {
    return this.#state.disabledRegions.includes(region)
  }
}
