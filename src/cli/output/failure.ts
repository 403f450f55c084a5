/**
 * The end of a command that failed: two lines, or one line of JSON, on stderr. A failure Hallpass does not know is
 * logged with an id; its stack reaches the terminal only with HALLPASS_DEBUG=1.
 */
import { randomBytes } from 'node:crypto'
import { HallpassError } from '#shared/errors.ts'
import type { CliHost } from '../host.ts'
import { styleFor, withoutControls } from './style.ts'

/** Writes the failure. @returns the exit code */
export async function reportFailure(error: unknown, host: CliHost, json: boolean): Promise<number> {
  const known = error instanceof HallpassError ? error : await logUnknown(error, host)
  const { code, message, hint } = known
  if (json) {
    const report = { error: { code, message, ...(hint === undefined ? {} : { hint }) } }
    host.stderr.write(`${JSON.stringify(report)}\n`)
  } else {
    const style = styleFor(host.stderr, host.env)
    host.stderr.write(`${style('red', 'hallpass:')} ${withoutControls(message)}\n`)
    if (hint !== undefined) host.stderr.write(`${style('dim', '  try:')} ${withoutControls(hint)}\n`)
  }
  if (host.env.HALLPASS_DEBUG === '1') {
    const { redact } = await import('#core/redact.ts')
    const text = [known.details, error instanceof Error ? error.stack : undefined].filter(Boolean).join('\n')
    host.stderr.write(`${withoutControls(redact(text))}\n`)
  }
  return known.exitCode
}

async function logUnknown(error: unknown, host: CliHost): Promise<HallpassError> {
  const id = randomBytes(4).toString('hex')
  const { openFileLog } = await import('#core/file-log.ts')
  const log = openFileLog(host.home, 'cli')
  log.error('Unexpected failure', {
    id,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  })
  return new HallpassError('internal', `Something unexpected went wrong (${id}).`, {
    hint: `Look for ${id} in ${host.home}/logs/cli.log, and report it with the steps that led here.`,
  })
}
