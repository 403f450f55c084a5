/** Opens the state folder: the store in it, whom it belongs to, and the clock that AWS's answers set. */
import { join } from 'node:path'
import type { HeldSessions } from './agent/index.ts'
import { type AwsClock, createAwsClock, type Env, type OnAnswer } from './aws/index.ts'
import type { Clock, Log } from './capabilities.ts'
import { CLOCK_SETTING } from './clock-setting.ts'
import { keepPracticeApart, type PracticeMark, readPracticeMark, surroundingsOf } from './practice/home.ts'
import { ensureStateFolder, stateFolder } from './state-folder.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/types.ts'

export interface StateParts {
  readonly env: Env
  readonly clock: Clock
  readonly log: Log
  /** Sessions are kept in it instead of the store. */
  readonly held: HeldSessions | undefined
}

export interface State {
  /** The state folder, absolute. */
  readonly home: string
  /** The practice account that everything belongs to; undefined for AWS itself. */
  readonly practice: PracticeMark | undefined
  /** The environment as far as it is in force. */
  readonly env: Env
  readonly store: Store
  readonly awsClock: AwsClock
  /** Sets that clock by an answer of AWS. */
  readonly onAnswer: OnAnswer
}

/** @throws `file.*`, `store.*`, `usage.invalid` */
export function openState({ env, clock, log, held }: StateParts): State {
  const home = stateFolder(env)
  ensureStateFolder(home)
  const practice = readPracticeMark(home)
  const inForce = surroundingsOf(env)
  const opened = openStore({ file: join(home, 'hallpass.db'), clock, log })
  try {
    keepPracticeApart(opened, practice !== undefined)
  } catch (error) {
    opened.close()
    throw error
  }
  const awsClock = createAwsClock({
    local: clock,
    load: () => opened.setting(CLOCK_SETTING),
    save: (text) => opened.setSetting(CLOCK_SETTING, text),
  })
  const store = held ? held.over(opened, awsClock.now) : opened
  return { home, practice, env: inForce, store, awsClock, onAnswer: noteTime(awsClock, log) }
}

/** A measurement that can't be kept must not fail the call it comes from. */
function noteTime(awsClock: AwsClock, log: Log): OnAnswer {
  return (...answer) => {
    try {
      awsClock.observe(...answer)
    } catch (error) {
      log.warn('The time at AWS could not be noted.', { error })
    }
  }
}
