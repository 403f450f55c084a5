/** A start on the practice account: the account itself runs in this process, for as long as the app does. */
import type { Clock, Log } from '#core/capabilities.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { nameAccounts, removePractice, setUpPractice, startPracticeWorld } from '#core/practice/world.ts'
import { wasStartedWith } from './restart-words.ts'

export interface PracticeStart {
  /** Brings Hallpass, once it is open, in step with the account. @throws `vault.*`, `file.*` */
  setUp(hallpass: Hallpass): Promise<void>
  /** Ends its sessions, which nobody would know any more, and the account. */
  stop(hallpass: Hallpass): Promise<void>
}

/**
 * Starts the account before Hallpass is opened on its folder; for a real start it only removes what was left to remove.
 * @param base the person's own state folder @param home the one that is used now
 */
export async function startPractice(base: string, home: string, log: Log, clock: Clock = Date.now) {
  if (!wasStartedWith('--practice')) {
    if (wasStartedWith('--remove-practice')) removePractice(base)
    return undefined
  }
  const account = await startPracticeWorld(home)
  nameAccounts(home, account, clock, log)
  const started: PracticeStart = {
    setUp: (hallpass) => setUpPractice(hallpass, account),
    async stop(hallpass) {
      await hallpass.sessions.endAll()
      await account.close()
    },
  }
  return started
}
