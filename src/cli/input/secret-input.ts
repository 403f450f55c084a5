/** Reads lines from a pipe, as many as needed and no more, and never waits for ever. */
import { HallpassError } from '#shared/errors.ts'
import type { CliHost, InputStream } from '../host.ts'

/** Far more than any secret has. */
const LONGEST = 64 * 1024

/** How long a silent pipe is waited for: a person may have to unlock the password manager that feeds it. */
const WAIT_WITH_PERSON_MS = 120_000
const WAIT_ALONE_MS = 10_000

export interface ReadLinesOptions {
  /** Also stop at the end of input, with fewer lines. */
  readonly count: number
  readonly waitMs: number
  /** What is awaited, for the message: `the secret access key`. */
  readonly what: string
}

/**
 * @returns up to `count` lines, without line ends and surrounding blanks; empty lines are skipped
 * @throws `input.required` when nothing came in time or the input was empty, `input.invalid` when it is far too long
 */
export async function readLines(stream: InputStream, options: ReadLinesOptions): Promise<string[]> {
  const required = (message: string) =>
    new HallpassError('input.required', message, {
      hint: `Pipe ${options.what} to this command, or run it in a terminal to be asked for it.`,
    })
  const text = await new Promise<string>((resolve, reject) => {
    let received = ''
    const timer = setTimeout(() => {
      finish(() => reject(required(`Nothing came on standard input within ${options.waitMs / 1000} seconds.`)))
    }, options.waitMs)
    const onData = (chunk: Buffer | string) => {
      received += chunk.toString()
      if (received.length > LONGEST)
        finish(() => reject(new HallpassError('input.invalid', 'Standard input holds far more than a secret.')))
      else if (splitLines(received.slice(0, received.lastIndexOf('\n') + 1)).length >= options.count)
        finish(() => resolve(received))
    }
    const onEnd = () => finish(() => resolve(received))
    // A closed or unreadable standard input holds nothing, which is what gets reported.
    const onError = () => finish(() => resolve(received))
    const finish = (settle: () => void) => {
      clearTimeout(timer)
      stream.off('data', onData).off('end', onEnd).off('error', onError)
      stream.pause()
      stream.unref?.()
      settle()
    }
    stream.on('data', onData).on('end', onEnd).on('error', onError)
  })
  const lines = splitLines(text).slice(0, options.count)
  if (lines.length === 0) throw required('Standard input is empty.')
  return lines
}

/** The same from standard input, waiting longer where a person is there to be waited for. */
export function readSecretLines(host: CliHost, options: Omit<ReadLinesOptions, 'waitMs'>): Promise<string[]> {
  const waitMs = host.stderr.isTTY ? WAIT_WITH_PERSON_MS : WAIT_ALONE_MS
  return readLines(host.stdin, { ...options, waitMs })
}

function splitLines(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
