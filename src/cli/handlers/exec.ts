/** `hallpass exec`: runs a command with session credentials in its environment, and with its exit code. */
import { basename } from 'node:path'
import { childEnvironment } from '#core/aws/credential-formats.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'
import { runChild } from '../run-child.ts'
import { readCredentialsOptions } from './credentials-options.ts'

export const exec: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const [program = '', ...words] = invocation.words('command')
  const options = readCredentialsOptions(invocation)
  const hallpass = await context.hallpass()
  const use = { how: 'exec', form: basename(program) }
  const credentials = await context.progress.during(
    `Starting ${name}`,
    hallpass.sessions.credentials(name, { ...options, use }),
  )
  // The child may run for days; nothing of Hallpass stays open meanwhile.
  context.close()
  try {
    return await runChild(program, words, childEnvironment(credentials, context.host.env))
  } catch (cause) {
    throw notStarted(program, cause)
  }
}

function notStarted(program: string, cause: unknown): HallpassError {
  const denied = (cause as NodeJS.ErrnoException).code === 'EACCES'
  return new HallpassError(
    'exec.not-found',
    denied ? `${program} can’t be run: permission denied.` : `There is no command ${program}.`,
    { hint: denied ? 'Check that it is executable.' : 'Check its name, and that it is on PATH.', cause },
  )
}
