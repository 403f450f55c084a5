/** Log lines: one JSON object each, and nothing in them that has not been through redaction. */
import type { Clock, Log } from './capabilities.ts'
import { redact, redactFields } from './redact.ts'

const LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LEVELS)[number]

/**
 * A log that gives `sink` one line (without line end) per call at `level` or above:
 * `{"time","level","message","fields"?}`.
 */
export function createLog(sink: (line: string) => void, level: LogLevel = 'info', clock: Clock = Date.now): Log {
  const write = (at: LogLevel) => (message: string, fields?: Record<string, unknown>) => {
    if (LEVELS.indexOf(at) < LEVELS.indexOf(level)) return
    const line = { time: new Date(clock()).toISOString(), level: at, message: redact(message) }
    sink(JSON.stringify(fields === undefined ? line : { ...line, fields: redactFields(fields) }))
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}
