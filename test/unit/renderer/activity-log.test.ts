/** What the log's list is made of. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTIVITY_KINDS, type ActivityRecord } from '#shared/activity.ts'
import { barHeights, dayOf, isFailure, logItems, logKey, sentenceOf } from '../../../src/renderer/lib/activity-log.ts'

const PROCESS = { pid: 1, name: 'hallpass', path: null, folder: null }
const record = (fields: Partial<ActivityRecord> = {}): ActivityRecord => ({
  seq: 1,
  at: '2026-11-25T12:00:00.000Z',
  kind: 'session.started',
  target: null,
  name: 'prod',
  accountId: null,
  accessKeyId: null,
  how: null,
  form: null,
  detail: {},
  asker: { process: PROCESS, parents: [] },
  previous: '0'.repeat(64),
  ...fields,
})
const rowOf = (seq: number, at: number | null) => ({
  seq,
  hash: '',
  entry: at === null ? null : record({ seq, at: new Date(at).toISOString() }),
  environment: null,
  accountId: null,
  accountName: null,
})
const text = (entry: ActivityRecord) =>
  sentenceOf(entry)
    .map((part) => (typeof part === 'string' ? part : `*${part.strong}*`))
    .join('')

describe('sentences', () => {
  it('there is one for every kind, whatever else the entry lacks', () => {
    for (const kind of ACTIVITY_KINDS) expect(text(record({ kind }))).toMatch(/^[A-Z][^.!]+$/)
  })

  it.each([
    [
      { kind: 'session.refused', detail: { code: 'sts.mfa-invalid' } },
      'Could not start *prod*: AWS did not accept the MFA code',
    ],
    [{ kind: 'session.refused', detail: { code: 'sts.new-one' } }, 'Could not start *prod*: AWS refused'],
    [{ kind: 'credentials.issued', how: 'exec', form: 'terraform' }, 'Ran terraform with credentials of *prod*'],
    [
      { kind: 'credentials.issued', how: 'assume', detail: { readOnly: 'yes' } },
      'Printed credentials of *prod*, read-only',
    ],
    [{ kind: 'credentials.issued', how: 'new way' }, 'Handed out credentials of *prod*'],
    [{ kind: 'console.opened', how: 'switch-role' }, 'Gave the switch-role link for *prod*'],
    [
      { kind: 'profile.written', detail: { profile: 'acme', mode: 'process' } },
      'Profile *acme* now answers through credential process',
    ],
    [{ kind: 'identity.tested', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, 'Checked key AKIA…MPLE, *prod*'],
    [{ kind: 'role.edited', detail: { nameBefore: 'old' } }, 'Renamed role old to *prod*'],
  ] as const)('%j', (fields, expected) => {
    expect(text(record(fields))).toBe(expected)
  })

  it('name the program behind the shells', () => {
    const parents = [
      { pid: 3, name: 'bash', path: null, folder: null },
      { pid: 2, name: 'terraform', path: null, folder: null },
    ]
    const entry = record({
      kind: 'credentials.issued',
      how: 'credential-process',
      asker: { process: PROCESS, parents },
    })
    expect(text(entry)).toBe('Gave credentials of *prod* to terraform')
    const unknown = {
      ...entry,
      asker: { process: PROCESS, parents: [{ pid: 2, name: null, path: null, folder: null }] },
    }
    expect(text(unknown)).toBe('Gave credentials of *prod* to a program')
  })

  it('call refusals and what can’t be read failures', () => {
    expect([record(), record({ kind: 'session.refused' }), null].map(isFailure)).toEqual([false, true, true])
  })
})

describe('the list', () => {
  it('has the head of each local day once, above its entries, and keeps their order', () => {
    const moments = fc.array(fc.option(fc.integer({ min: 0, max: 4e12 })), { maxLength: 30 })
    fc.assert(
      fc.property(moments, (found) => {
        const sorted = [...found].sort((one, other) => (other ?? 0) - (one ?? 0))
        const rows = sorted.map((at, index) => rowOf(sorted.length - index, at))
        const items = logItems(rows, [])
        expect(items.flatMap((item) => (item.kind === 'entry' ? [item.row] : []))).toEqual(rows)
        const heads = items.flatMap((item) => (item.kind === 'day' ? [item.start] : []))
        expect(heads).toEqual([...new Set(sorted.filter((at) => at !== null).map(dayOf))])
        let day: number | undefined
        for (const item of items) {
          if (item.kind === 'day') day = item.start
          else if (item.row.entry) expect(dayOf(Date.parse(item.row.entry.at))).toBe(day)
        }
      }),
    )
  })

  it('says how many entries a day has where that was counted', () => {
    const start = dayOf(1e12)
    const days = [{ start: new Date(start).toISOString(), entries: 7, breakglass: 0 }]
    expect(logItems([rowOf(1, 1e12)], days)[0]).toEqual({ kind: 'day', start, count: 7 })
    expect(logItems([rowOf(1, 2e12)], days)[0]).toMatchObject({ count: null })
  })

  it('opens and closes by the same keys, moves by others, and leaves the rest alone', () => {
    expect(['Enter', ' ', 'ArrowRight', 'ArrowLeft', 'Escape'].map((key) => logKey(key, false))).toEqual([
      'toggle',
      'toggle',
      'toggle',
      undefined,
      undefined,
    ])
    expect(['Enter', 'ArrowLeft', 'Escape', 'ArrowRight'].map((key) => logKey(key, true))).toEqual([
      'toggle',
      'toggle',
      'toggle',
      undefined,
    ])
    expect(['j', 'k', 'Home', 'x'].map((key) => logKey(key, false))).toEqual([1, -1, 'first', undefined])
  })
})

it('bars are as tall as their day is full, and no day with entries is invisible', () => {
  expect(barHeights([], 38)).toEqual([])
  expect(barHeights([0, 0], 38)).toEqual([0, 0])
  expect(barHeights([10, 5, 0], 38)).toEqual([38, 19, 0])
  expect(barHeights([100_000, 1], 38)).toEqual([38, 2])
})
