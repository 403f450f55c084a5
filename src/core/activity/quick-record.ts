/**
 * Records that credentials are handed out, by a process that lives for nothing else: it opens the log and
 * appends, and loads no more than that takes.
 */
import { join } from 'node:path'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { Target } from '../names.ts'
import { currentAsker } from './asker.ts'
import { factsOf } from './facts.ts'
import { LogFile } from './log-file.ts'

/**
 * @param home the state folder
 * @returns false when there is no log yet, or it is not sound: those who may begin one are to hand them out
 * @throws `store.*`, `file.*`
 */
export function recordQuickly(home: string, target: Target, credentials: SessionCredentials): boolean {
  const log = LogFile.open(join(home, 'activity.db'))
  if (!log) return false
  const facts = factsOf(target)
  const draft = {
    kind: 'credentials.issued' as const,
    ...facts,
    accountId: credentials.accountId ?? facts.accountId ?? null,
    accessKeyId: credentials.accessKeyId,
    how: 'credential-process',
  }
  log.append(draft, currentAsker('hallpass'), Date.now(), false)
  // Not closed: the last one to close moves every entry to the main file, which takes longer than all the rest. The
  // process ends now, and the next that stays longer moves them.
  return true
}
