/** The report for somebody who is to help. Every text in it, log lines included, is made anonymous. */
import { readFileSync } from 'node:fs'
import { arch, release } from 'node:os'
import { join } from 'node:path'
import type { DoctorFindings, ReportNames } from '#shared/doctor.ts'
import { createAnonymiser, type KnownNames } from './anonymous.ts'

/** Of each log. */
const LAST_LINES = 100
const LOGS = ['app', 'cli', 'agent'] as const

export interface ReportFacts {
  readonly version: string
  readonly findings: DoctorFindings
  readonly counts: Readonly<Record<string, number>>
  readonly known: KnownNames
  readonly isPractice: boolean
}

/**
 * @param home the state folder, whose logs are read
 * @returns JSON, indented, with a line feed at its end
 */
export function writeReport(home: string, facts: ReportFacts, names: ReportNames): string {
  const { version, findings, counts, known, isPractice } = facts
  const anonymous = createAnonymiser(known, names)
  const report = {
    about: {
      hallpass: version,
      at: findings.at,
      platform: process.platform,
      system: release(),
      processor: arch(),
      node: process.versions.node,
      electron: process.versions.electron ?? null,
      practiceAccount: isPractice,
    },
    counts,
    checks: findings.checks,
    logs: Object.fromEntries(LOGS.map((name) => [name, lastLines(join(home, 'logs', `${name}.log`))])),
  }
  return `${JSON.stringify(report, (_key, value: unknown) => (typeof value === 'string' ? anonymous(value) : value), 2)}\n`
}

/** Log lines are JSON; one that is not, such as one cut short by a crash, is left out. */
function lastLines(path: string): unknown[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return []
  }
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.slice(-LAST_LINES).flatMap((line) => {
    try {
      return [JSON.parse(line) as unknown]
    } catch {
      return []
    }
  })
}
