/**
 * The activity log, edited by somebody who can write to its file and knows how it is made, but cannot read the vault:
 * whatever they do to what is in it, verifying finds it. What is left is what decision 15 says.
 *
 * 8,000 edits of entries and head, by somebody who counts hashes anew where that helps; 2,000 of the file's bytes, where
 * some change nothing that is read: then verifying may call the log intact, but it has to read as before.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { entryHash } from '#core/activity/entry.ts'
import { type Head, LogFile, type Row } from '#core/activity/log-file.ts'
import { nextKey, sealOf } from '#core/activity/seal.ts'
import { proveLog } from '#core/activity/verify.ts'
import { isHallpassError } from '#shared/errors.ts'
import { type ActivityWorld, createActivityWorld } from '../support/activity-world.ts'
import { FUZZ_TIMEOUT, RUNS } from './support/runs.ts'

const ENTRIES = 12

interface Content {
  readonly rows: readonly Row[]
  readonly head: Head
}

let world: ActivityWorld
/** As it was after each entry; the last is the log that is edited. */
let history: Content[]
let whole: Content
let earlierFile: Buffer

beforeEach(async () => {
  world = createActivityWorld()
  history = []
  for (let count = 1; count < ENTRIES; count += 1) {
    world.now += 60_000
    await world.activity.record({
      kind: count % 3 === 0 ? 'breakglass.opened' : 'credentials.issued',
      name: `rôle ${count}`,
      accountId: '123456789012',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      how: 'exec',
      detail: { reason: `INC-${count}, console is down` },
    })
    history.push(read())
    if (count === ENTRIES / 2) {
      world.activity.close()
      earlierFile = readFileSync(world.file)
    }
  }
  // So that an older copy of all of it is found as well.
  expect(await world.activity.verify()).toMatchObject({ intact: true, entries: ENTRIES })
  whole = read()
  world.activity.close()
})
afterEach(() => world.end())

function read(): Content {
  const log = LogFile.open(world.file)
  if (!log) throw new Error('There is no log.')
  try {
    const rows: Row[] = []
    const all = log.snapshot()
    let step = all.next()
    for (; !step.done; step = all.next()) rows.push(step.value)
    return { rows, head: step.value }
  } finally {
    log.close()
  }
}

const secretOf = (entry: string) => world.secrets.get(`${entry}/${whole.head.log}`) ?? ''

/** What `activity verify` finds in rows like these. */
function prove({ rows, head }: Content) {
  function* all(): Generator<Row, Head> {
    yield* rows
    return head
  }
  const expected = {
    firstKey: Buffer.from(secretOf('activity-key'), 'base64'),
    mark: JSON.parse(secretOf('activity-mark')),
    trim: undefined,
  }
  return proveLog(all(), expected)
}

/** An edit gives another log, or the same where it changes nothing. */
type Edit = (log: Content) => Content
type Change<T> = (value: T) => T

const flipText = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 127 })).map(
  ([at, mask]): Change<string> =>
    (text) => {
      const place = at % text.length
      return `${text.slice(0, place)}${String.fromCharCode(text.charCodeAt(place) ^ mask)}${text.slice(place + 1)}`
    },
)
const cutText = fc.nat().map(
  (at): Change<string> =>
    (text) =>
      text.slice(0, at % text.length),
)
const addText = fc.tuple(fc.nat(), fc.constantFrom(' ', '\n', '\r\n', '\t', '\0', ',', '}', '\u200b', '\ufeff')).map(
  ([at, more]): Change<string> =>
    (text) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + more + text.slice(place)
    },
)
/** Another value for one field: of valid JSON, and with the fields in their order. */
const replaceField = fc
  .tuple(fc.nat(), fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant({}), fc.boolean()))
  .map(
    ([which, value]): Change<string> =>
      (text) => {
        const entry = JSON.parse(text) as Record<string, unknown>
        const names = Object.keys(entry)
        return JSON.stringify({ ...entry, [names[which % names.length] ?? '']: value })
      },
  )
const flipBytes = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(
  ([at, mask]): Change<Uint8Array> =>
    (bytes) => {
      const other = Uint8Array.from(bytes)
      other[at % other.length] = (other[at % other.length] ?? 0) ^ mask
      return other
    },
)

/** How far somebody goes to hide it: hash of that entry, of all that follow, and the seal made with the key that is there. */
type Hiding = 'not' | 'hash' | 'chain' | 'seal'
const hiding = fc.constantFrom<Hiding>('not', 'hash', 'chain', 'seal')
/** Without fast-check's bias, whose favourite number is where that key stands in the file. */
const place = fc.noBias(fc.nat())

function editEntry(at: number, change: Change<string>, how: Hiding): Edit {
  return ({ rows, head }) => {
    const index = at % rows.length
    const edited = rows.map((row, each) => (each === index ? { ...row, entry: change(row.entry) } : row))
    return hide({ rows: edited, head }, index, how)
  }
}

function hide({ rows, head }: Content, from: number, how: Hiding): Content {
  if (how === 'not') return { rows, head }
  let previous = rows[from - 1]?.hash
  const hidden = rows.map((row, index): Row => {
    if (index < from || (how === 'hash' && index > from)) return row
    const entry = index === from || previous === undefined ? row.entry : withPrevious(row.entry, previous)
    const hash = entryHash(entry)
    previous = hash
    return { ...row, entry, hash, seal: how === 'seal' ? sealOf(head.nextKey, hash) : row.seal }
  })
  const last = hidden.at(-1)
  return { rows: hidden, head: last && how !== 'hash' ? { ...head, seq: last.seq, hash: last.hash } : head }
}

/** In place, so that nothing else of an entry that is no JSON any more is changed. */
function withPrevious(entry: string, previous: string): string {
  return entry.replace(/"previous":"[^"]*"/, `"previous":"${previous}"`)
}

const renumbered = (rows: readonly Row[]) =>
  rows.map((row, index) => ({
    ...row,
    seq: index + 1,
    entry: row.entry.replace(/^\{"seq":\d+/, `{"seq":${index + 1}`),
  }))

/** Lines that were moved, taken out or put in, with their old numbers or new ones. */
function editRows(change: (rows: Row[]) => Row[], numbersAnew: boolean, how: Hiding): Edit {
  return ({ rows, head }) => {
    const moved = change([...rows])
    const numbered = numbersAnew ? renumbered(moved) : moved.toSorted((one, other) => one.seq - other.seq)
    const first = numbered.findIndex((row, index) => row !== rows[index])
    return hide({ rows: numbered, head }, first === -1 ? numbered.length : first, how)
  }
}

const textEdit = fc
  .tuple(place, fc.oneof(flipText, cutText, addText, replaceField), hiding)
  .map(([at, change, how]) => editEntry(at, change, how))
const proofEdit = fc.oneof(
  fc.tuple(place, flipText).map(
    ([at, change]): Edit =>
      ({ rows, head }) => ({
        rows: rows.map((row, index) => (index === at % rows.length ? { ...row, hash: change(row.hash) } : row)),
        head,
      }),
  ),
  fc.tuple(place, flipBytes).map(
    ([at, change]): Edit =>
      ({ rows, head }) => ({
        rows: rows.map((row, index) => (index === at % rows.length ? { ...row, seal: change(row.seal) } : row)),
        head,
      }),
  ),
)
/** Not its key: finding that takes a second, in which a hundred thousand places are tried (verify.test.ts). */
const headEdit = fc.oneof(
  flipText.map(
    (change): Edit =>
      ({ rows, head }) => ({ rows, head: { ...head, hash: change(head.hash) } }),
  ),
  fc.integer({ min: -2, max: 2 * ENTRIES }).map(
    (seq): Edit =>
      ({ rows, head }) => ({ rows, head: { ...head, seq } }),
  ),
)
const lineEdit = fc
  .tuple(fc.constantFrom('remove', 'cut', 'swap', 'double', 'drop-first'), place, place, fc.boolean(), hiding)
  .map(([what, one, other, numbersAnew, how]) =>
    editRows(
      (rows) => {
        const [from, to] = [one % rows.length, other % rows.length]
        const [row, second] = [rows[from], rows[to]]
        if (!row || !second) return rows
        if (what === 'remove') rows.splice(from, 1)
        else if (what === 'cut') rows.splice(from)
        else if (what === 'drop-first') rows.splice(0, from)
        else if (what === 'double') rows.splice(to, 0, { ...row, seq: rows.length + 1 })
        else {
          rows[from] = { ...second, seq: row.seq }
          rows[to] = { ...row, seq: second.seq }
        }
        return rows
      },
      numbersAnew,
      how,
    ),
  )
/** An older copy of everything, gone on with as Hallpass itself would have. */
const rollback = fc.tuple(place, fc.integer({ min: 0, max: ENTRIES })).map(
  ([which, more]): Edit =>
    () => {
      const { rows, head } = history[which % (history.length - 1)] ?? whole
      let now = { rows: [...rows], head }
      for (let count = 0; count < more; count += 1) {
        const seq = now.head.seq + 1
        const text = (rows.at(-1)?.entry ?? '').replace(/^\{"seq":\d+/, `{"seq":${seq}`)
        const entry = withPrevious(text, now.head.hash)
        const hash = entryHash(entry)
        const row = { seq, entry, hash, seal: sealOf(now.head.nextKey, hash) }
        now = { rows: [...now.rows, row], head: { ...now.head, seq, hash, nextKey: nextKey(now.head.nextKey) } }
      }
      return now
    },
)

const plain = ({ rows, head }: Content) =>
  JSON.stringify([
    rows.map((row) => [row.seq, row.entry, row.hash, [...row.seal]]),
    head.seq,
    head.hash,
    [...head.nextKey],
  ])

it(
  'finds every edit of what is in it',
  async () => {
    const before = plain(whole)
    let tried = 0
    const edit = fc.oneof(
      { weight: 4, arbitrary: textEdit },
      { weight: 1, arbitrary: proofEdit },
      { weight: 1, arbitrary: headEdit },
      { weight: 3, arbitrary: lineEdit },
      { weight: 1, arbitrary: rollback },
    )
    await fc.assert(
      fc.asyncProperty(edit, async (work) => {
        const edited = work(whole)
        fc.pre(plain(edited) !== before)
        tried += 1
        expect(await prove(edited)).toMatchObject({ intact: false, problem: { reason: expect.any(String) } })
      }),
      { numRuns: RUNS * 0.8 },
    )
    expect(tried).toBe(RUNS * 0.8)
    expect((await prove(whole)).intact).toBe(true)
  },
  FUZZ_TIMEOUT,
)

/** An edit of the file's bytes. */
type FileEdit = (bytes: Buffer) => Buffer
const fileEdit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(place, flipBytes).map(
      ([at, change]): FileEdit =>
        (bytes) => {
          const start = at % bytes.length
          const piece = bytes.subarray(start, start + 1)
          return Buffer.concat([bytes.subarray(0, start), change(piece), bytes.subarray(start + 1)])
        },
    ),
  },
  {
    weight: 1,
    arbitrary: place.map(
      (at): FileEdit =>
        (bytes) =>
          bytes.subarray(0, at % bytes.length),
    ),
  },
  // Pieces of entries, changed where they stand: what is readable in the file.
  {
    weight: 3,
    arbitrary: fc.tuple(place, fc.constantFrom('INC-', 'rôle', 'ASIA', 'exec', '"seq"', 'previous')).map(
      ([which, word]): FileEdit =>
        (bytes) => {
          const places = [...bytes.toString('latin1').matchAll(new RegExp(Buffer.from(word).toString('latin1'), 'g'))]
          const start = places[which % places.length]?.index ?? 0
          const other = Buffer.from(bytes)
          other.write('x', start)
          return other
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(place, place).map(
      ([one, other]): FileEdit =>
        (bytes) => {
          const pages = Array.from({ length: bytes.length / 4096 }, (_, page) =>
            bytes.subarray(page * 4096, (page + 1) * 4096),
          )
          const [from, to] = [one % pages.length, other % pages.length]
          return Buffer.concat(
            pages.map((page, index) => (index === from ? pages[to] : index === to ? pages[from] : page) ?? page),
          )
        },
    ),
  },
  { weight: 1, arbitrary: fc.constant<FileEdit>(() => earlierFile) },
)

it(
  'finds every edit of its file, or reads as before',
  async () => {
    const bytes = readFileSync(world.file)
    const before = plain(whole)
    let found = 0
    await fc.assert(
      fc.asyncProperty(fileEdit, async (work) => {
        const edited = work(bytes)
        fc.pre(!edited.equals(bytes))
        for (const rest of ['-wal', '-shm', '.suspect']) rmSync(`${world.file}${rest}`, { force: true })
        writeFileSync(world.file, edited)
        const log = world.another()
        try {
          const { intact, problem } = await log.verify()
          expect(intact).toBe(problem === null)
          if (intact) expect(plain(read())).toBe(before)
          else found += 1
        } catch (error) {
          // Not read at all, and said so.
          if (!isHallpassError(error)) throw error
          found += 1
        } finally {
          log.close()
        }
      }),
      { numRuns: RUNS * 0.2 },
    )
    expect(found).toBeGreaterThan(RUNS * 0.05)
  },
  FUZZ_TIMEOUT,
)
