/** Taking lines out and putting them back, in memory: for any section, and around changes made elsewhere. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clearRoute, parseReplaced, printReplaced, replacedBetween, restore } from '#core/awsfiles/adoption.ts'
import { findSections, parseDocument, printDocument } from '#core/awsfiles/document.ts'
import { replaceLines } from '#core/awsfiles/document-edit.ts'
import { hunksOf, reverseHunks } from '#core/awsfiles/hunks.ts'
import { findAgain } from '#core/awsfiles/own-section.ts'
import { viewFile } from '#core/awsfiles/ownership.ts'
import { type ProfileContent, writeContent } from '#core/awsfiles/profile-text.ts'

const RUNS = Number(process.env.HALLPASS_FUZZ_RUNS ?? 10_000)

const line = fc.constantFrom('a', 'b', 'c = 1', '[x]', '', '# d', 'é')
const ending = fc.constantFrom('\n', '\r\n')
const textOf = (lines: readonly string[], eol: string, isClosed: boolean) =>
  Buffer.from(lines.join(eol) + (isClosed && lines.length > 0 ? eol : ''))

describe('hunks', () => {
  const file = fc.tuple(fc.array(line, { maxLength: 14 }), ending, fc.boolean()).map((drawn) => textOf(...drawn))

  it('taken back give the bytes before the edit', () => {
    fc.assert(
      fc.property(file, file, (old, fresh) => {
        const [before, after] = [parseDocument(old), parseDocument(fresh)]
        const lines = reverseHunks(after.lines, hunksOf(before.lines, after.lines))
        expect(lines && printDocument(replaceLines(after, 0, after.lines.length, lines))).toEqual(old)
      }),
      { numRuns: RUNS },
    )
  })

  const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `k${from + index} = v`)
  const take = (before: string[], after: string[], now: string[]) => {
    const [old, fresh, present] = [before, after, now].map((each) => parseDocument(textOf(each, '\n', true)).lines)
    return reverseHunks(present ?? [], hunksOf(old ?? [], fresh ?? []))?.map(({ text }) => text)
  }

  it('leave what changed around them', () => {
    const [head, tail] = [numbered(5), numbered(5, 5)]
    const edited = ['new', ...head, 'mine', ...tail.slice(0, 2), 'more', ...tail.slice(2)]
    expect(take([...head, 'old', ...tail], [...head, 'mine', ...tail], edited)).toEqual(
      edited.map((text) => (text === 'mine' ? 'old' : text)),
    )
  })

  it('are not taken back where the lines themselves have changed', () => {
    const head = numbered(5)
    expect(take([...head, 'old'], [...head, 'mine'], [...head, 'theirs'])).toBeUndefined()
    expect(take(['a', ...head, 'b'], ['a', 'b'], ['x', 'y'])).toBeUndefined()
  })

  it('do not mistake the same line elsewhere for theirs', () => {
    const [head, other] = [numbered(5), numbered(5, 20)]
    const [before, after] = [
      [...other, 'region = a', ...head],
      [...other, 'region = a', ...head, 'region = a'],
    ]
    expect(take(before, after, [...other, 'region = a', ...head])).toBeUndefined()
  })
})

describe('an adopted section', () => {
  const KINDS = ['config', 'credentials'] as const
  const part = fc.constantFrom(
    'role_arn = arn:aws:iam::1:role/x',
    'source_profile=base',
    'aws_access_key_id = AKIAI44QH8DHBEXAMPLE',
    'aws_secret_access_key =\n  secret',
    'credential_process: /bin/other --flag',
    'region = us-west-2 # note',
    'output = json',
    's3 =\n  a = b',
    '# comment',
    '  ; indented',
    '',
    'x = continued\n\tmore\n\n  still more',
    'MFA_Serial = arn:aws:iam::1:mfa/x',
    'né = 1',
  )
  const keyOf = (text: string) => (/^[#;\s]|^$/.test(text) ? {} : text.split(/[ =:]/)[0])
  const body = fc.uniqueArray(part, { selector: keyOf, maxLength: 10 })
  const content: ProfileContent = {
    profile: 'dev',
    mode: 'process',
    region: null,
    endpointUrl: null,
    commandLine: '"/opt/bin/hallpass" credential-process "dev"',
    credentials: null,
  }

  it('comes back byte for byte, and around lines added to other sections', () => {
    fc.assert(
      fc.property(body, body, body, ending, fc.boolean(), fc.constantFrom(...KINDS), (...drawn) => {
        const [above, own, below, eol, isClosed, kind] = drawn
        const name = (profile: string) => (kind === 'config' ? `profile ${profile}` : profile)
        const section = (profile: string, lines: readonly string[]) => [
          `[${name(profile)}]`,
          ...lines.join('\n').split('\n'),
        ]
        const write = (extra: readonly string[]) =>
          textOf([...section('up', above), ...extra, ...section('dev', own), ...section('down', below)], eol, isClosed)
        const bytes = write([])
        const before = parseDocument(bytes)
        const [dev] = findSections(before, name('dev'))
        if (!dev) throw new Error('no section')
        const kept = { header: true, region: own.some((each) => each.startsWith('region')), endpointUrl: true }
        const cleared = clearRoute(before, dev)
        const region = kept.region ? null : 'eu-west-1'
        const at = findAgain(before, dev, cleared)
        const written = writeContent(cleared, kind, { ...content, region }, at, kept)
        const replaced = parseReplaced(printReplaced({ [kind]: replacedBetween(before, dev, written, kind, kept) }))
        const hunks = replaced?.[kind] ?? []
        const now = parseDocument(printDocument(written))
        expect(printDocument(restore(viewFile(kind, 'f', now), 'dev', hunks, kept))).toEqual(bytes)

        const added = ['[new]', 'q = 1']
        const { header } = findSections(now, name('dev'))[0] ?? { header: 0 }
        const pieces = added.map((text) => ({ text, ending: eol as '\n' }))
        const grown = replaceLines(now, header, header, pieces)
        expect(printDocument(restore(viewFile(kind, 'f', grown), 'dev', hunks, kept))).toEqual(write(added))
      }),
      { numRuns: RUNS },
    )
  })
})
