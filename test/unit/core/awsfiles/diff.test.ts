import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLines, maskSecrets, unifiedDiff } from '#core/awsfiles/diff.ts'

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 20 })
const diff = (before: string, after: string) => unifiedDiff('f', Buffer.from(before), Buffer.from(after))

describe('line diffs', () => {
  it('tell both sides in full', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const parts = diffLines(before, after)
        const side = (skip: string) => parts.filter(({ kind }) => kind !== skip).flatMap((part) => part.lines)
        expect(side('added')).toEqual(before)
        expect(side('removed')).toEqual(after)
      }),
      { numRuns: 2000 },
    )
  })

  it('are as short as can be', () => {
    const before = ['a', 'b', 'c', 'a', 'b', 'b', 'a']
    const after = ['c', 'b', 'a', 'b', 'a', 'c']
    const changed = diffLines(before, after).filter(({ kind }) => kind !== 'same')
    expect(changed.flatMap((part) => part.lines)).toHaveLength(5)
  })

  it('take two far changes in a large file apart', () => {
    const before = Array.from({ length: 20_000 }, (_, index) => `line ${index}`)
    const after = before.with(10, 'new').with(19_990, 'new')
    const changed = diffLines(before, after).filter(({ kind }) => kind !== 'same')
    expect(changed.flatMap((part) => part.lines)).toHaveLength(4)
  })

  it('take thousands of changes apart', () => {
    const before = Array.from({ length: 20_000 }, (_, index) => (index % 5 === 3 ? 'region = a' : `line ${index}`))
    const after = before.map((line) => (line === 'region = a' ? 'region = b' : line))
    const changed = diffLines(before, after).filter(({ kind }) => kind !== 'same')
    expect(new Set(changed.flatMap((part) => part.lines))).toEqual(new Set(['region = a', 'region = b']))
    expect(changed).toHaveLength(8000)
  })

  it('tell both sides in full where too much differs', () => {
    const many = fc.array(fc.nat(700).map(String), { minLength: 450, maxLength: 600, size: 'max' })
    fc.assert(
      fc.property(many, many, (before, after) => {
        const parts = diffLines(before, after)
        const side = (skip: string) => parts.filter(({ kind }) => kind !== skip).flatMap((part) => part.lines)
        expect(side('added')).toEqual(before)
        expect(side('removed')).toEqual(after)
        expect(parts.every(({ kind }, index) => kind !== parts[index + 1]?.kind)).toBe(true)
      }),
      { numRuns: 10 },
    )
  })
})

describe('unified diffs', () => {
  it.each([
    ['nothing', 'a\n', 'a\n', ''],
    ['a new file', '', 'a\nb\n', '--- f\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b\n'],
    ['an emptied file', 'a\n', '', '--- f\n+++ f\n@@ -1,1 +0,0 @@\n-a\n'],
    ['context', '1\n2\n3\n4\n5\n6\n', '1\n2\n3\n4\n5\nx\n6\n', '--- f\n+++ f\n@@ -3,4 +3,5 @@\n 3\n 4\n 5\n+x\n 6\n'],
    ['a missing last newline', 'a', 'a\nb', '--- f\n+++ f\n@@ -1,1 +1,2 @@\n a\n+b\n\\ No newline at end of file\n'],
    [
      'two places',
      'x\n1\n2\n3\n4\n5\n6\n7\ny\n',
      'X\n1\n2\n3\n4\n5\n6\n7\nY\n',
      '--- f\n+++ f\n@@ -1,4 +1,4 @@\n-x\n+X\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-y\n+Y\n',
    ],
    ['CRLF', 'a\r\n', 'b\r\n', '--- f\n+++ f\n@@ -1,1 +1,1 @@\n-a\n+b\n'],
  ])('show %s', (_, before, after, expected) => {
    expect(diff(before, after)).toBe(expected)
  })
})

describe('masking', () => {
  it.each([
    ['aws_secret_access_key = planted', 'aws_secret_access_key = ••••'],
    ['# aws_secret_access_key = planted', '# aws_secret_access_key = ••••'],
    [';aws_secret_access_key=planted', ';aws_secret_access_key=••••'],
    ['export AWS_SECRET_ACCESS_KEY=planted', 'export AWS_SECRET_ACCESS_KEY=••••'],
    ['google_password = hunter2', 'google_password = ••••'],
    ['# old: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '# old: ••••'],
    ['  AWS_SESSION_TOKEN=planted', '  AWS_SESSION_TOKEN=••••'],
    ['aws_session_token: planted\r', 'aws_session_token: ••••'],
    ['aws_secret_access_key planted', 'aws_secret_access_key ••••'],
    ['aws_access_key_id = AKIA', 'aws_access_key_id = AKIA'],
  ])('%j', (line, masked) => {
    expect(maskSecrets([line])).toEqual([masked])
  })

  it('covers a value continued on the next lines, on either side of the diff', () => {
    const before = '[a]\naws_secret_access_key =\n  planted-1\n'
    const after = '[a]\naws_secret_access_key =\n  planted-2\n'
    expect(diff(before, after)).not.toContain('planted')
  })
})

describe('a change deep in a large file', () => {
  const far = Array.from({ length: 5000 }, (_, index) => `[profile p${index}]\nregion = r\n`).join('')

  it('is shown with its line numbers and three lines around it', () => {
    const text = diff(`${far}a = 1\n${far}`, `${far}a = 2\n${far}`)
    expect(text.split('\n')).toEqual([
      '--- f',
      '+++ f',
      '@@ -9998,7 +9998,7 @@',
      ' region = r',
      ' [profile p4999]',
      ' region = r',
      '-a = 1',
      '+a = 2',
      ' [profile p0]',
      ' region = r',
      ' [profile p1]',
      '',
    ])
  })

  it('is masked when the key it belongs to is out of sight', () => {
    const secret = `aws_secret_access_key = first\n${'  planted\n'.repeat(20)}`
    const text = diff(`${far}${secret}  planted-old\n${far}`, `${far}${secret}  planted-new\n${far}`)
    expect(text).toContain('-  ••••\n+  ••••')
    expect(text).not.toContain('planted')
  })

  it('at the last line says what became of its newline', () => {
    expect(diff(`${far}a = 1\n`, `${far}a = 1`)).toContain(' a = 1\n\\ No newline at end of file\n')
  })
})
