/**
 * `hallpass credential-process NAME` while a session is at hand: the same answer as the handler's, without the parser
 * and the rest of Hallpass, which take longer to load than the answer takes to find.
 */
import { writeSync } from 'node:fs'
import { formatCredentials } from '#core/aws/credential-formats.ts'
import { lookUpQuickly } from '#core/sessions/quick-look.ts'

/**
 * @returns whether the credentials were printed
 * @throws `vault.*`
 */
export async function printQuickly(name: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const credentials = await lookUpQuickly(name, env)
  if (!credentials) return false
  try {
    writeSync(1, formatCredentials(credentials, 'process'))
    return true
  } catch {
    // A full pipe or a closed one took nothing: the ordinary way waits, and explains.
    return false
  }
}
