/** The command's log file, below the state folder. Every line has been through core's redaction. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Log } from '#core/capabilities.ts'
import { createLog } from '#core/log.ts'
import type { CliHost } from './host.ts'

/** The file is set aside once it is larger; one older file is kept. */
const LARGEST_BYTES = 1024 * 1024

/** A log that makes its file with the first line. Failing to log never fails the command. */
export function openCliLog(host: Pick<CliHost, 'home'>): Log {
  const path = join(host.home, 'logs', 'cli.log')
  return createLog((line) => {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_BYTES) renameSync(path, `${path}.1`)
      appendFileSync(path, `${line}\n`, { mode: 0o600 })
    } catch {
      // There is nowhere left to report it to.
    }
  })
}
