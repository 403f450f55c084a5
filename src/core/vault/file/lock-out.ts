/**
 * The delay after wrong passphrases: kept in the store, so that it holds for every process and after a restart. It
 * slows down who guesses through Hallpass on this machine. Who has a copy of the file asks nobody, and has scrypt alone
 * against him; so has who can write to the store, which is why nothing more than a pause hangs on it.
 */
import { z } from 'zod'
import type { Clock } from '../../capabilities.ts'
import type { Store } from '../../store/types.ts'
import { mustWait } from './errors.ts'

const SETTING = 'vault.wrong-passphrases'
/** Mistyping is no attack. */
const FREE = 3
/** Seconds. A person with the right passphrase never waits for longer than this. */
const LONGEST = 60

const schema = z.strictObject({ count: z.int().positive(), at: z.number() })
type Failures = z.infer<typeof schema>

export interface LockOut {
  /** @throws `vault.wait` while nothing may be tried */
  check(): void
  /** Counts a wrong passphrase. @returns seconds until the next may be tried */
  failed(): number
  succeeded(): void
}

/** Seconds to wait after so many wrong passphrases in a row: 0, 0, 2, 4, 8, 16, 32, 60, 60 … */
export function delayAfter(count: number): number {
  return count < FREE ? 0 : Math.min(LONGEST, 2 ** (count - FREE + 1))
}

export function createLockOut(store: Pick<Store, 'setting' | 'setSetting' | 'transaction'>, clock: Clock): LockOut {
  const save = (failures: Failures) => store.setSetting(SETTING, JSON.stringify(failures))

  function read(): Failures | undefined {
    const text = store.setting(SETTING) ?? ''
    if (text === '') return undefined
    const now = clock()
    const failures = parse(text)
    if (failures && failures.at <= now) return failures
    // From a clock that was set back since, or not what was written: one pause from now, and neither none nor for ever.
    const restarted = { count: failures?.count ?? FREE, at: now }
    save(restarted)
    return restarted
  }

  return {
    check() {
      const failures = read()
      if (!failures) return
      const left = Math.ceil((failures.at - clock()) / 1000 + delayAfter(failures.count))
      if (left > 0) throw mustWait(left)
    },
    failed() {
      return store.transaction(() => {
        const count = Math.min((read()?.count ?? 0) + 1, 1000)
        save({ count, at: clock() })
        return delayAfter(count)
      })
    },
    succeeded() {
      if (store.setting(SETTING)) store.setSetting(SETTING, '')
    },
  }
}

function parse(text: string): Failures | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
