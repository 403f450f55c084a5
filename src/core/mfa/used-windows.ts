/**
 * The last window of each MFA device whose code was used, in the store: AWS takes a code once (facts C.1), and other
 * processes have to know. Kept by time and not by code, so that nothing of a code is on disk.
 */
import { createHash } from 'node:crypto'
import type { Store } from '../store/types.ts'
import type { CodeWindow } from './totp-code.ts'

/** Further ahead than this many windows, the record is of a clock that has been put right since. */
const BELIEVABLE_WINDOWS = 2

type Settings = Pick<Store, 'setting' | 'setSetting' | 'transaction'>

export class UsedWindows {
  readonly #store: Settings

  constructor(store: Settings) {
    this.#store = store
  }

  isUsed(serial: string, { start, end }: CodeWindow): boolean {
    const last = Number(this.#store.setting(settingOf(serial)) || Number.NaN)
    return last >= start && last - start <= BELIEVABLE_WINDOWS * (end - start)
  }

  /** Takes the window's code for one caller, among all processes. @returns false when it is used already */
  claim(serial: string, window: CodeWindow): boolean {
    return this.#store.transaction(() => {
      if (this.isUsed(serial, window)) return false
      this.#store.setSetting(settingOf(serial), String(window.start))
      return true
    })
  }
}

function settingOf(serial: string): string {
  return `mfa.used/${createHash('sha256').update(serial).digest('hex').slice(0, 16)}`
}
