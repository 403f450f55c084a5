/** A log that nobody touched is intact; one that somebody did is not, and the first wrong entry is named. */
import { createHash, createHmac } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseSync } from '#core/store/sqlite.ts'
import { HallpassError } from '#shared/errors.ts'
import { type ActivityWorld, createActivityWorld } from '../../../support/activity-world.ts'

let world: ActivityWorld
beforeEach(() => {
  world = createActivityWorld()
})
afterEach(() => world.end())

/** Adds entries until there are `count`, `log.begun` among them. */
async function fill(count: number): Promise<void> {
  for (let seq = Math.max(2, world.activity.list().length + 1); seq <= count; seq += 1)
    await world.activity.record({ kind: 'credentials.issued', name: `role-${seq}`, how: 'exec' })
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('an untouched log', () => {
  it('has nothing to prove before anything is recorded, and asks the vault nothing', async () => {
    expect(await world.activity.verify()).toMatchObject({ intact: true, entries: 0, problem: null })
    expect(world.vaultCalls).toEqual([])
    expect(existsSync(world.file)).toBe(false)
  })

  it('is intact, chained by SHA-256 from 64 zeros on, and counted without gaps', async () => {
    await fill(5)
    expect(await world.activity.verify()).toEqual({
      intact: true,
      trimmed: 0,
      entries: 5,
      firstAt: '2026-11-25T12:00:00.000Z',
      lastAt: '2026-11-25T12:00:00.000Z',
      before: null,
      problem: null,
    })
    let previous = '0'.repeat(64)
    const lines = [...world.activity.export('jsonl')]
    for (const [index, line] of lines.entries()) {
      // As the documentation says: the hash is that of the line without its last field.
      const text = `${line.slice(0, line.lastIndexOf(',"hash":'))}}`
      const entry = JSON.parse(line)
      expect(entry).toMatchObject({ seq: index + 1, previous, hash: sha256(text) })
      previous = entry.hash
    }
    expect(lines).toHaveLength(5)
  })

  it('reads the vault to begin and to verify, never to add', async () => {
    await fill(2)
    expect(world.vaultCalls).toEqual(['put activity-key'])
    const other = world.another()
    await other.record({ kind: 'session.ended' })
    await fill(9)
    expect(world.vaultCalls).toEqual(['put activity-key'])
    world.vaultProblem = new HallpassError('vault.locked', 'locked')
    await other.record({ kind: 'session.ended' })
    await expect(world.activity.verify()).rejects.toMatchObject({ code: 'vault.locked' })
  })

  it('keeps no key that seals what is in it already', async () => {
    await fill(4)
    const [first = ''] = [...world.secrets.values()]
    // Until then the write-ahead log may hold older pages.
    world.activity.close()
    const files = readdirSync(world.folder).filter((name) => name.startsWith('activity'))
    let key = Buffer.from(first, 'base64')
    for (let seq = 1; seq <= 5; seq += 1) {
      const isThere = files.some((name) => readFileSync(join(world.folder, name)).includes(key))
      expect({ seq, isThere }).toEqual({ seq, isThere: seq === 5 })
      key = createHmac('sha256', key).update('next key').digest()
    }
  })
})

describe('a log that somebody changed', () => {
  const tamperings: [string, (db: DatabaseSync) => void, { seq: number; reason: string }][] = [
    [
      'a word in an entry',
      (db) => db.exec(`UPDATE entries SET entry = replace(entry, 'role-3', 'role-x') WHERE seq = 3`),
      { seq: 3, reason: 'changed' },
    ],
    [
      'a hash',
      (db) => db.exec(`UPDATE entries SET hash = '${'a'.repeat(64)}' WHERE seq = 4`),
      { seq: 4, reason: 'changed' },
    ],
    ['a seal', (db) => db.exec(`UPDATE entries SET seal = zeroblob(32) WHERE seq = 2`), { seq: 2, reason: 'forged' }],
    [
      'an entry in the middle, removed',
      (db) => db.exec('DELETE FROM entries WHERE seq = 4'),
      { seq: 4, reason: 'missing' },
    ],
    ['the first, removed', (db) => db.exec('DELETE FROM entries WHERE seq = 1'), { seq: 1, reason: 'missing' }],
    ['the last, cut off', (db) => db.exec('DELETE FROM entries WHERE seq = 6'), { seq: 6, reason: 'cut' }],
    ['all, removed', (db) => db.exec('DELETE FROM entries'), { seq: 1, reason: 'cut' }],
    [
      'the tail, cut off and the head set back',
      (db) =>
        db.exec(
          `DELETE FROM entries WHERE seq > 4; UPDATE head SET seq = 4, hash = (SELECT hash FROM entries WHERE seq = 4)`,
        ),
      { seq: 5, reason: 'cut' },
    ],
    [
      'two entries, exchanged',
      (db) =>
        db.exec(
          'UPDATE entries SET seq = 99 WHERE seq = 3; UPDATE entries SET seq = 3 WHERE seq = 4; UPDATE entries SET seq = 4 WHERE seq = 99',
        ),
      { seq: 3, reason: 'out-of-order' },
    ],
    [
      'a number beyond all others',
      (db) => db.exec('DELETE FROM entries WHERE seq < 6; UPDATE entries SET seq = 9007199254740991 WHERE seq = 6'),
      { seq: 1, reason: 'missing' },
    ],
    [
      'an entry, moved to the end',
      (db) => db.exec('UPDATE entries SET seq = 7 WHERE seq = 2'),
      { seq: 2, reason: 'missing' },
    ],
    [
      'an entry, written after the last',
      (db) => db.exec('INSERT INTO entries SELECT 7, entry, hash, seal FROM entries WHERE seq = 6'),
      { seq: 7, reason: 'out-of-order' },
    ],
    [
      'a number that is none',
      (db) => db.exec('UPDATE entries SET seq = -1 WHERE seq = 2'),
      { seq: 1, reason: 'out-of-order' },
    ],
    [
      'an entry that is no JSON',
      (db) => db.exec(`UPDATE entries SET entry = 'x', hash = '${sha256('x')}' WHERE seq = 5`),
      { seq: 5, reason: 'changed' },
    ],
    ['the next key', (db) => db.exec('UPDATE head SET next_key = zeroblob(32)'), { seq: 7, reason: 'cut' }],
  ]

  it.each(tamperings)('%s', async (_, work, expected) => {
    await fill(6)
    world.tamper(work)
    const { intact, entries, problem } = await world.activity.verify()
    expect({ intact, entries, problem }).toEqual({
      intact: false,
      entries: Math.max(0, expected.seq - 1),
      problem: { ...expected, message: expect.stringContaining(String(expected.seq)) },
    })
  })

  it('and counted anew to the end, hashes and all: its seals give it away', async () => {
    await fill(6)
    world.tamper((db) => rewrite(db, 3, (entry) => entry.replace('role-3', 'role-x')))
    expect((await world.activity.verify()).problem).toMatchObject({ seq: 3, reason: 'forged' })
  })

  it('and sealed anew with the key that stands beside it', async () => {
    await fill(6)
    world.tamper((db) => {
      const stolen = db.prepare('SELECT next_key FROM head').get()?.next_key as Uint8Array
      rewrite(db, 6, (entry) => entry.replace('role-6', 'role-x'), stolen)
    })
    expect((await world.activity.verify()).problem).toMatchObject({ seq: 6, reason: 'forged' })
  })

  it('says how many are missing when the head was set back as well', async () => {
    await fill(9)
    world.tamper((db) =>
      db.exec(
        'DELETE FROM entries WHERE seq > 4; UPDATE head SET seq = 4, hash = (SELECT hash FROM entries WHERE seq = 4)',
      ),
    )
    expect((await world.activity.verify()).problem?.message).toBe('The log was cut off: entries 5 to 9 are missing.')
  })

  it('by any one byte of any one entry', async () => {
    await fill(8)
    const rows = new Map<number, string>()
    world.tamper((db) => {
      for (const row of db.prepare('SELECT seq, entry FROM entries').all()) rows.set(Number(row.seq), String(row.entry))
    })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.nat(),
        fc.integer({ min: 32, max: 126 }),
        async (seq, at, code) => {
          const text = rows.get(seq) ?? ''
          const place = at % text.length
          fc.pre(text.charCodeAt(place) !== code)
          const other = text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1)
          const put = (entry: string) =>
            world.tamper((db) => void db.prepare('UPDATE entries SET entry = ? WHERE seq = ?').run(entry, seq))
          put(other)
          expect((await world.activity.verify()).problem).toMatchObject({ seq, reason: 'changed' })
          put(text)
          expect((await world.activity.verify()).intact).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('a file that somebody took away or exchanged', () => {
  it('put back as it was earlier: found once the log has been verified in between', async () => {
    await fill(4)
    world.activity.close()
    copyFileSync(world.file, join(world.folder, 'earlier'))
    await fill(7)
    expect((await world.activity.verify()).intact).toBe(true)
    world.activity.close()
    copyFileSync(join(world.folder, 'earlier'), world.file)
    expect((await world.activity.verify()).problem).toMatchObject({
      seq: 5,
      reason: 'cut',
      message: 'The log was cut off: entries 5 to 7 are missing.',
    })
    // Going on from there does not make it whole again.
    world.now += 1000
    await fill(9)
    expect((await world.activity.verify()).problem).toMatchObject({ seq: 7, reason: 'replaced' })
  })

  it('removed: found, and the log that begins in its place says so for good', async () => {
    await fill(3)
    world.activity.close()
    rmSync(world.file)
    expect((await world.activity.verify()).problem).toMatchObject({ seq: 0, reason: 'removed' })
    await world.activity.record({ kind: 'session.ended' })
    expect(await world.activity.verify()).toMatchObject({ intact: true, entries: 2, before: 'gone' })
  })

  it('exchanged for a log of another store', async () => {
    await fill(3)
    const other = createActivityWorld()
    await other.activity.record({ kind: 'session.ended' })
    other.activity.close()
    world.activity.close()
    copyFileSync(other.file, world.file)
    other.end()
    expect((await world.activity.verify()).problem).toMatchObject({ seq: 0, reason: 'replaced' })
  })

  it('made unreadable: it is set aside, never deleted, and the new log says where', async () => {
    await fill(3)
    world.activity.close()
    writeFileSync(world.file, 'garbage')
    expect((await world.activity.verify()).problem).toMatchObject({ seq: 0, reason: 'removed' })
    await world.activity.record({ kind: 'session.ended' })
    const setAside = join(world.folder, 'activity.db.damaged-20261125T120000Z')
    expect(world.activity.list().map(({ kind, detail }) => [kind, detail])).toEqual([
      ['session.ended', {}],
      ['log.begun', { before: 'damaged', setAside }],
    ])
    expect(readFileSync(setAside).toString()).toBe('garbage')
    expect(await world.activity.verify()).toMatchObject({ intact: true, before: 'damaged' })
  })

  it('without the key in the vault it can’t be proven, and that is said instead of “intact”', async () => {
    await fill(3)
    world.secrets.clear()
    await expect(world.activity.verify()).rejects.toMatchObject({ code: 'vault.entry-lost', exitCode: 5 })
    world.tamper((db) => db.exec('DELETE FROM entries WHERE seq = 2'))
    expect((await world.activity.verify()).problem).toMatchObject({ seq: 2, reason: 'missing' })
  })
})

describe('a log whose entries were moved to a file', () => {
  const archive = () => join(world.folder, 'archive.jsonl')

  it('goes on from there, intact, and what was moved is in the file alone', async () => {
    await fill(5)
    expect(await world.activity.moveTo(archive())).toBe(5)
    const lines = readFileSync(archive(), 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3, 4, 5])
    const [trim] = world.activity.list()
    expect(trim).toMatchObject({ seq: 6, kind: 'log.trimmed', detail: { through: '5', file: archive() } })
    // The two fit: the first entry that stayed continues the last that went, and knows the file.
    expect(trim?.previous).toBe(JSON.parse(lines[4] ?? '').hash)
    expect(trim?.detail.sha256).toBe(sha256(readFileSync(archive(), 'utf8')))
    await fill(3)
    expect(await world.activity.verify()).toMatchObject({ intact: true, trimmed: 5, entries: 3 })
    expect(await world.activity.moveTo(join(world.folder, 'more.jsonl'))).toBe(3)
    expect(await world.activity.verify()).toMatchObject({ intact: true, trimmed: 8, entries: 1 })
  })

  it('misses entries that nobody moved', async () => {
    await fill(5)
    await world.activity.moveTo(archive())
    await fill(4)
    world.tamper((db) => db.exec('DELETE FROM entries WHERE seq = 6'))
    expect((await world.activity.verify()).problem).toMatchObject({ seq: 1, reason: 'missing' })
  })

  it('is not to be had by writing that they were moved', async () => {
    await fill(5)
    const [, last] = world.activity.list()
    const proof = createHmac('sha256', Buffer.alloc(32)).update(`trim 4 ${last?.hash}`).digest('hex')
    await world.activity.record({ kind: 'log.trimmed', detail: { through: '4', proof } })
    expect((await world.activity.verify()).intact).toBe(true)
    world.tamper((db) => db.exec('DELETE FROM entries WHERE seq <= 4'))
    expect((await world.activity.verify()).problem).toMatchObject({
      seq: 1,
      reason: 'missing',
      message: 'Entries 1 to 4 are missing.',
    })
  })

  it('loses nothing when the file can’t be made, is there already, or the log is broken', async () => {
    await fill(4)
    writeFileSync(archive(), 'mine')
    await expect(world.activity.moveTo(archive())).rejects.toMatchObject({ code: 'file.changed' })
    await expect(world.activity.moveTo(join(world.folder, 'no', 'such'))).rejects.toMatchObject({
      code: 'file.not-found',
    })
    expect(readFileSync(archive(), 'utf8')).toBe('mine')
    world.tamper((db) => db.exec('DELETE FROM entries WHERE seq = 2'))
    const other = join(world.folder, 'other.jsonl')
    await expect(world.activity.moveTo(other)).rejects.toMatchObject({ code: 'activity.broken' })
    expect([existsSync(other), world.activity.list().map(({ seq }) => seq)]).toEqual([false, [4, 3, 1]])
  })
})

/** What somebody does who knows how the log is made, but has only the key that stands beside it. */
function rewrite(db: DatabaseSync, from: number, edit: (entry: string) => string, key?: Uint8Array): void {
  let previous = ''
  for (const row of db.prepare('SELECT seq, entry, hash FROM entries ORDER BY seq').all()) {
    const seq = Number(row.seq)
    if (seq < from) previous = String(row.hash)
    else {
      const entry = { ...JSON.parse(edit(String(row.entry))), previous }
      const text = JSON.stringify(entry)
      previous = sha256(text)
      db.prepare('UPDATE entries SET entry = ?, hash = ? WHERE seq = ?').run(text, previous, seq)
      const seal = key && createHmac('sha256', key).update(`entry ${previous}`).digest()
      if (seal) db.prepare('UPDATE entries SET seal = ? WHERE seq = ?').run(new Uint8Array(seal), seq)
    }
  }
  db.prepare('UPDATE head SET hash = ?').run(previous)
}
