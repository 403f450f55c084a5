/**
 * `hallpass credential-process`: what the AWS CLI and SDKs run. One JSON document on standard output and nothing
 * else; a failure is one line on standard error. Standard input is never read: the JavaScript SDK leaves it open without
 * ever writing to it.
 */
import { formatCredentials } from '#core/aws/credential-formats.ts'
import { isHallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'
import { tellIfKept } from '../output/kept.ts'
import { oneLine } from '../output/one-line.ts'
import { startedAt } from '../started-at.ts'

export const credentialProcess: Handler = async (context, invocation) => {
  try {
    const hallpass = await context.hallpass('program')
    const name = invocation.argument('name')
    const use = { how: 'credential-process' }
    const asked = { byProgram: true, askedAt: startedAt(), use }
    const credentials = await hallpass.sessions.credentials(name, asked)
    tellIfKept(context, name, credentials)
    context.host.stdout.write(formatCredentials(credentials, 'process'))
    return 0
  } catch (error) {
    if (!isHallpassError(error) || error.code === 'internal') throw error
    context.host.stderr.write(oneLine(error))
    return error.exitCode
  }
}
