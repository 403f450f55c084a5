/** What becomes of a downloaded file once what it holds is in the vault, and not a moment earlier. */
import { isHallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Invocation } from '../invocation.ts'
import { openTerminal } from './terminal.ts'

export interface DownloadedFile {
  /** Secrets that were not taken in, and would go with it. */
  readonly holdsOthers: boolean
  /** @throws `file.changed`, `file.*` */
  deleteFile(): Promise<void>
}

/** Deletes it with `--delete-file`; otherwise a person on a terminal is asked. @throws `file.changed`, `file.*` */
export async function settleFile(
  context: CliContext,
  invocation: Invocation,
  path: string,
  { holdsOthers, deleteFile }: DownloadedFile,
): Promise<void> {
  const isGoing = invocation.flag('deleteFile') === true || (!holdsOthers && (await isUnwanted(context, path)))
  if (isGoing) {
    await deleteFile()
    context.note(`Deleted ${path}.`)
  } else if (holdsOthers) context.note(`${path} holds other secrets too, in the clear. Take them in, then delete it.`)
  else context.note(`Delete ${path} now: it still holds the secret in the clear.`)
}

async function isUnwanted({ host, json }: CliContext, path: string): Promise<boolean> {
  const terminal = host.stdin.isTTY && !json ? openTerminal(host) : undefined
  if (!terminal) return false
  try {
    return /^y(es)?$/i.test(await terminal.ask(`Delete ${path}, which holds the secret in the clear? [y/N] `))
  } catch (error) {
    // What was asked for is done already: who leaves here keeps the file.
    if (isHallpassError(error, 'cancelled')) return false
    throw error
  } finally {
    terminal.close()
  }
}
