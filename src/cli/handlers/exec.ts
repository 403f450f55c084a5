/**
 * `hallpass exec`: runs a command with session credentials in its environment, or with an endpoint to ask for them, and
 * ends with its exit code.
 */
import { basename } from 'node:path'
import { childEnvironment } from '#core/aws/credential-formats.ts'
import { withDumpsAsBefore } from '#core/core-dumps.ts'
import { sessionMark } from '#core/session-mark.ts'
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
  const label = hallpass.roles.promptLabel(name)
  if (invocation.flag('serve')) {
    const { runServed } = await import('./exec-served.ts')
    const asked = { ...options, use }
    return runServed(context, hallpass, { label, asked, first: credentials }, (env) => run(program, words, env))
  }
  // The child may run for days; nothing of Hallpass stays open meanwhile.
  context.close()
  const mark = sessionMark(label, credentials.accessKeyId, credentials.expiration)
  return run(program, words, { ...childEnvironment(credentials, context.host.env), ...mark })
}

async function run(program: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    return await withDumpsAsBefore(() => runChild(program, words, env))
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
