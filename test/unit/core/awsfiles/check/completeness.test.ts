/** The check against the readers themselves: it is silent only about files that every SDK reads alike. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { flatten } from '#core/awsfiles/check/compare.ts'
import { READER_NAMES, readWithAll, stateOfBytes } from '#core/awsfiles/check/file-state.ts'
import { findReadingProblems } from '#core/awsfiles/check/rules.ts'
import type { Values } from '#core/awsfiles/readers/types.ts'
import { acceptedConfig, fileBytes } from '../support/arbitraries.ts'
import { NOW } from './support.ts'

const RUNS = Number(process.env.HALLPASS_REPAIR_RUNS ?? 2000)

function problemsIn(bytes: Uint8Array, kind: 'config' | 'credentials') {
  const empty = new Uint8Array()
  return findReadingProblems({
    config: stateOfBytes('config', 'config', kind === 'config' ? bytes : empty),
    credentials: stateOfBytes('credentials', 'credentials', kind === 'credentials' ? bytes : empty),
    platform: 'linux',
    now: NOW,
  })
}

/** Sections with any value, as text. */
function seen(sections: ReadonlyMap<string, Values>): string {
  const flat = [...sections].map(([name, values]) => [name, [...flatten(values)].sort()] as const)
  return JSON.stringify(flat.filter(([, values]) => values.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)))
}

it.each(['config', 'credentials'] as const)('nothing is said of %s only where all readers agree', (kind) => {
  fc.assert(
    fc.property(fileBytes, (bytes) => {
      fc.pre(problemsIn(bytes, kind).length === 0)
      const readings = readWithAll(bytes, kind)
      for (const reader of READER_NAMES) {
        expect(readings[reader].rejected, reader).toBe(false)
        expect(seen(readings[reader].profiles), reader).toBe(seen(readings.aws.profiles))
        if (kind === 'config') expect(seen(readings[reader].ssoSessions), reader).toBe(seen(readings.aws.ssoSessions))
      }
    }),
    { numRuns: RUNS, seed: 20261126, maxSkipsPerRun: 1000 },
  )
})

it('every problem has a place in the file, a reader and an instruction', () => {
  fc.assert(
    fc.property(fileBytes, (bytes) => {
      const lines = bytes.toString('latin1').split(/\r\n|\n|\r/).length
      for (const { line, breaks, rejectedBy, advice } of problemsIn(bytes, 'config')) {
        expect(line).toBeGreaterThanOrEqual(0)
        expect(line).toBeLessThanOrEqual(lines)
        expect(breaks.length).toBeGreaterThan(0)
        expect(breaks).toEqual(expect.arrayContaining([...rejectedBy]))
        expect(advice).toMatch(/\.$/)
      }
    }),
    { numRuns: RUNS, seed: 20261127 },
  )
})

it('a file that every SDK accepts has no problems but empty profiles', () => {
  fc.assert(
    fc.property(acceptedConfig, (text) => {
      const codes = problemsIn(Buffer.from(text), 'config').map(({ code }) => code)
      expect(codes.filter((code) => code !== 'section.empty')).toEqual([])
    }),
    { numRuns: RUNS / 2, seed: 20261128 },
  )
})
