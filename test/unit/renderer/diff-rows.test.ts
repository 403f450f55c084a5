import { describe, expect, it } from 'vitest'
import { unifiedDiff } from '#core/awsfiles/diff.ts'
import { toDiffRows } from '../../../src/renderer/lib/diff-rows.ts'

const diff = (before: string, after: string) => unifiedDiff('/c', Buffer.from(before), Buffer.from(after))

describe('the rows of a diff', () => {
  it('tell what each line is, also one that looks like a header', () => {
    const rows = toDiffRows(diff('a\n-- x\nb', 'a\n++ y\nb\n'))
    expect(rows.map(({ kind, text }) => [kind, text])).toEqual([
      ['file', '/c'],
      ['place', '@@ -1,3 +1,3 @@'],
      ['same', 'a'],
      ['removed', '-- x'],
      ['added', '++ y'],
      ['same', 'b'],
      ['note', 'No newline at end of file'],
    ])
  })

  it('name each file', () => {
    const both = toDiffRows(`${diff('', 'a\n')}${diff('b\n', '')}`)
    expect(both.map(({ kind }) => kind)).toEqual(['file', 'place', 'added', 'file', 'place', 'removed'])
    expect(toDiffRows('')).toEqual([])
  })
})
