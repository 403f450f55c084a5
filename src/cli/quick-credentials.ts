/**
 * `hallpass credential-process NAME` while a session is at hand: the same answer as the handler's, without the parser
 * and the rest of Hallpass, which take longer to load than the answer takes to find.
 */
import { writeSync } from 'node:fs'
import { formatCredentials } from '#core/aws/credential-formats.ts'
import { lookUpQuickly } from '#core/sessions/quick-look.ts'
import { stateFolder } from '#core/state-folder.ts'

/**
 * @returns whether the credentials were printed
 * @throws `vault.*`
 */
export async function printQuickly(name: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const found = await lookUpQuickly(name, env)
  if (!found) return false
  const { target, credentials } = found
  const { recordQuickly } = await import('#core/activity/quick-record.ts')
  try {
    // What can't be recorded is not handed out: the ordinary way says why.
    if (!recordQuickly(stateFolder(env), target, credentials)) return false
    writeSync(1, formatCredentials(credentials, 'process'))
    return true
  } catch {
    // A full pipe or a closed one took nothing: the ordinary way waits, and explains.
    return false
  }
}
