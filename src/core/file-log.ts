/** A log in a file below the state folder. Every line has been through redaction. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Log } from './capabilities.ts'
import { createLog } from './log.ts'

/** The file is set aside once it is larger; one older file is kept. */
const LARGEST_BYTES = 1024 * 1024

/**
 * The log of one front end: `logs/<name>.log` in the state folder `home` (absolute), made with its first line, 0600.
 * Writing is synchronous, so that the line before a crash is there. Failing to log never fails the work.
 */
export function openFileLog(home: string, name: 'app' | 'cli' | 'agent'): Log {
  const path = join(home, 'logs', `${name}.log`)
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
