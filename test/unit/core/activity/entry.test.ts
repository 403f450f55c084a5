/** What gets into an entry: everything that tells who did what, and nothing that could be a secret. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { onBehalfOf } from '#core/activity/asker.ts'
import { entryText, NO_ENTRY } from '#core/activity/entry.ts'
import { redact } from '#core/redact.ts'
import { ACTIVITY_KINDS, activityRecordSchema } from '#shared/activity.ts'
import { type ActivityWorld, createActivityWorld } from '../../../support/activity-world.ts'

const BASE64 = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789']
const letters = (length: number) =>
  fc.string({ unit: fc.constantFrom(...BASE64), minLength: length, maxLength: length })

/** Secrets as AWS makes them. AWS's secret keys mix capitals, small letters and digits. */
const secretKey = letters(37).map((rest) => `aB3${rest}`)
const sessionToken = fc
  .tuple(fc.constantFrom('IQoJb3JpZ2lu', 'FwoGZXIvYXdz'), letters(300))
  .map((parts) => parts.join(''))
const secret = fc.oneof(secretKey, sessionToken)
const surrounded = (inner: string) =>
  fc.constantFrom(
    inner,
    `key ${inner} end`,
    `secret_access_key=${inner}`,
    `"${inner}"`,
    `https://x.example/?t=${inner}`,
  )

const asker = (text: string) => ({
  process: { pid: 7, name: text, path: `/usr/bin/${text}`, folder: `/home/dana/${text}` },
  parents: [{ pid: 6, name: text, path: text, folder: `/srv/${text}/x` }],
})

describe('secrets', () => {
  it('stay out of every field of every kind', () => {
    const planted = secret.chain((value) => fc.tuple(fc.constant(value), surrounded(value)))
    fc.assert(
      fc.property(fc.constantFrom(...ACTIVITY_KINDS), planted, (kind, [value, text]) => {
        const draft = {
          ...{ kind, target: text, name: text, accountId: text, accessKeyId: text, how: text, form: text },
          detail: { [text]: 'x', reason: text, long: 'x '.repeat(500) + text },
        }
        const entry = entryText(draft, asker(text), { seq: 1, now: 0, previous: NO_ENTRY })
        expect(entry).not.toContain(value)
        // Nor half of one, where a long text is cut.
        expect(entry).not.toContain(value.slice(0, 20))
      }),
    )
  })

  it('are looked for in every text in which redaction would find one', () => {
    const unit = fc.constantFrom(...'AbI9QoJ ./@-_:='.split(''), 'IQoJ', 'FwoG', 'password', 'seed', 'token')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 24 }), (name) => {
        const entry = JSON.parse(
          entryText({ kind: 'role.added', name }, asker('x'), { seq: 1, now: 0, previous: NO_ENTRY }),
        )
        expect(entry.name).toBe(redact(name))
      }),
      { numRuns: 2000 },
    )
  })

  it('stay out of the file', async () => {
    const world = createActivityWorld()
    const value = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab'
    await onBehalfOf(asker(value), () =>
      world.activity.record({ kind: 'credentials.issued', name: value, detail: { value } }),
    )
    for (const file of readdirSync(world.folder))
      expect(readFileSync(join(world.folder, file)).includes(value)).toBe(false)
    world.end()
  })
})

describe('an entry', () => {
  const place = { seq: 12, now: Date.parse('2026-11-25T12:00:00Z'), previous: 'f'.repeat(64) }

  it('has its fields in one order, absent ones as null, details by name', () => {
    const draft = {
      detail: { z: '1', a: '2' },
      name: 'prod',
      kind: 'session.ended',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    } as const
    const by = { parents: [], process: { folder: null, path: null, name: 'hallpass', pid: 9 } }
    expect(entryText(draft, by, place)).toBe(
      `{"seq":12,"at":"2026-11-25T12:00:00.000Z","kind":"session.ended","target":null,"name":"prod","accountId":null,"accessKeyId":"ASIAIOSFODNN7EXAMPLE","how":null,"form":null,"detail":{"a":"2","z":"1"},"asker":{"process":{"pid":9,"name":"hallpass","path":null,"folder":null},"parents":[]},"previous":"${'f'.repeat(64)}"}`,
    )
  })

  it('reads back as what was recorded, whatever the texts are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 })
    fc.assert(
      fc.property(fc.constantFrom(...ACTIVITY_KINDS), text, text, (kind, name, folder) => {
        const by = { process: { pid: 1, name: 'x', path: null, folder }, parents: [] }
        const entry = entryText({ kind, name }, by, place)
        expect(activityRecordSchema.parse(JSON.parse(entry))).toMatchObject({ seq: 12, kind, name, asker: by })
      }),
    )
  })

  it('keeps long folders, which look like secrets to a careless eye', () => {
    const folder = `/Users/Dana/Projects/Infrastructure/${'Deeply/Nested/'.repeat(9)}stage1`
    const by = { process: { pid: 1, name: 'aws', path: '/usr/bin/aws', folder }, parents: [] }
    expect(JSON.parse(entryText({ kind: 'session.ended' }, by, place)).asker.process.folder).toBe(folder)
  })

  it('has texts of at most 1,024 characters and a sign that they were cut', () => {
    const entry = JSON.parse(entryText({ kind: 'session.ended', name: 'ab '.repeat(9000) }, asker('x'), place))
    expect(entry.name).toHaveLength(1025)
    expect(entry.name.endsWith('…')).toBe(true)
  })
})

describe('listing', () => {
  let world: ActivityWorld
  beforeEach(async () => {
    world = createActivityWorld()
    const { record } = world.activity
    await record({ kind: 'session.started', name: 'prod', target: 'role:r1' })
    await record({ kind: 'credentials.issued', name: 'prod', target: 'role:r1', how: 'exec' })
    world.now += 3_600_000
    await record({ kind: 'session.ended', name: 'Sandbox', target: 'role:r2' })
  })
  afterEach(() => world.end())

  const seqs = (filter?: Parameters<ActivityWorld['activity']['list']>[0]) =>
    world.activity.list(filter).map(({ seq }) => seq)

  it('is newest first, and as much as is asked for', () => {
    expect(seqs()).toEqual([4, 3, 2, 1])
    expect(seqs({ limit: 2 })).toEqual([4, 3])
  })

  it('is by kind or group of kinds, by name ignoring case, and by time', () => {
    expect(seqs({ kind: 'session' })).toEqual([4, 2])
    expect(seqs({ kind: 'session.ended' })).toEqual([4])
    expect(seqs({ kind: 'sess' })).toEqual([])
    expect(seqs({ name: 'SANDBOX' })).toEqual([4])
    expect(seqs({ since: '2026-11-25T13:00:00Z' })).toEqual([4])
    expect(seqs({ since: '2026-11-25T13:00:00.001Z' })).toEqual([])
    expect(seqs({ since: '2026-11-25T14:00:00+02:00', kind: 'session', limit: 1 })).toEqual([4])
  })

  it('finds what there is beside an entry that is no JSON', () => {
    world.tamper((db) => db.exec(`UPDATE entries SET entry = '{' WHERE seq = 3`))
    expect([seqs({ kind: 'session' }), seqs({ name: 'sandbox' }), seqs({ since: '2026-01-01' })]).toMatchObject([
      [4, 2],
      [4],
      [4, 2, 1],
    ])
  })

  it('refuses to show an entry that is none', () => {
    world.tamper((db) => db.exec(`UPDATE entries SET entry = '{"seq":3}' WHERE seq = 3`))
    expect(() => world.activity.list()).toThrow(expect.objectContaining({ code: 'activity.broken', exitCode: 8 }))
  })
})

describe('export', () => {
  it('as CSV has one line for each entry, quotes where needed, and no formulas', async () => {
    const world = createActivityWorld()
    await onBehalfOf(asker('=cmd|x'), () => world.activity.record({ kind: 'session.ended', name: '@sum,"x"' }))
    const lines = [...world.activity.export('csv')]
    expect(lines).toHaveLength(3)
    expect(lines[0]?.split(',').slice(0, 4)).toEqual(['seq', 'at', 'kind', 'name'])
    expect(lines[2]).toContain(`,session.ended,"'@sum,""x""",`)
    expect(lines[2]).toContain(`,'=cmd|x,7,`)
    world.end()
  })
})
