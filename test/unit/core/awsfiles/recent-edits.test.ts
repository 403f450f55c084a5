/** Sections that another program has overwritten are made again together as they would be one after another. */
import type { BigIntStats } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AwsFileDocument, parseDocument, printDocument } from '#core/awsfiles/document.ts'
import { replaceCore } from '#core/awsfiles/document-edit.ts'
import { realFileSystem } from '#core/awsfiles/file-system.ts'
import { noteEdit, type RecentEdits, restoreOverwritten } from '#core/awsfiles/recent-edits.ts'
import { editedOwnConfig, readableText } from './support/arbitraries.ts'
import { type AwsHome, createAwsHome } from './support/aws-home.ts'

let home: AwsHome
beforeAll(() => {
  home = createAwsHome()
})
afterAll(() => home.dispose())

const statOf = (size: number) =>
  ({ ino: 1n, mtimeNs: BigInt(Date.now()) * 1_000_000n, size: BigInt(size) }) as unknown as BigIntStats
const document = (text: string) => parseDocument(Buffer.from(text))
const text = fc.oneof({ weight: 4, arbitrary: editedOwnConfig }, readableText)

/** Each decided and made again by itself. */
function oneByOne(found: AwsFileDocument, recent: RecentEdits, stat: BigIntStats): AwsFileDocument {
  return recent.sections.reduce((at, section) => {
    const isDue = restoreOverwritten(at, { ...recent, sections: [section] }, stat) !== at
    return isDue && section.lines !== undefined ? replaceCore(at, section.name, section.lines) : at
  }, found)
}

describe('overwritten sections', () => {
  it('are made again together as one after another would be', async () => {
    let restored = 0
    await fc.assert(
      fc.asyncProperty(text, text, fc.constantFrom('', '\n', '[profile y]\r\nk = v'), async (before, after, tail) => {
        const [old, fresh] = [document(before), document(after)]
        const edit = { recent: { written: '', sections: [] }, before: old, after: fresh, stat: statOf(1) }
        const recent = await noteEdit(realFileSystem, home.stateHome, home.config, edit)
        const found = document(before + tail)
        const expected = oneByOne(found, recent, statOf(2))
        if (expected !== found) restored++
        expect(printDocument(restoreOverwritten(found, recent, statOf(2))).toString('latin1')).toBe(
          printDocument(expected).toString('latin1'),
        )
      }),
      { numRuns: 500 },
    )
    expect(restored).toBeGreaterThan(100)
  })

  it('take the line ending that most lines have by their turn', async () => {
    const theirs = `[profile c]\n${'k = v\n'.repeat(4)}`
    const crlf = (lines: string) => lines.replaceAll('\n', '\r\n')
    const before = `${crlf('[profile a]\na = 1\nb = 1\nc = 1\nd = 1\n[profile b]\na = 1\n')}${theirs}`
    const after = `${crlf('[profile a]\na = 2\n[profile b]\na = 2\n')}${theirs}`
    const [old, fresh] = [document(before), document(after)]
    const edit = { recent: { written: '', sections: [] }, before: old, after: fresh, stat: statOf(1) }
    const recent = await noteEdit(realFileSystem, home.stateHome, home.config, edit)
    const expected = printDocument(oneByOne(old, recent, statOf(2))).toString('latin1')
    expect(expected).toContain('[profile b]\na = 2\n')
    expect(printDocument(restoreOverwritten(old, recent, statOf(2))).toString('latin1')).toBe(expected)
  })
})
