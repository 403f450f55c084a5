/** Pages come in whatever order the answers do, and the list has no gap and no entry twice. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivityPage, ActivityQuery } from '#shared/activity-view.ts'
import { HallpassError } from '#shared/errors.ts'
import { createLogReader, type PageRequest } from '../../../src/renderer/lib/log-reader.ts'

const rowOf = (seq: number) => ({
  seq,
  hash: '',
  entry: null,
  environment: null,
  accountId: null,
  accountName: null,
})

/** A log whose answers wait until they are let go. */
function createLog(count: number) {
  const waiting: (() => void)[] = []
  const log = {
    count,
    failing: false,
    asked: 0,
    page: ({ query, before = Number.MAX_SAFE_INTEGER, after = 0, limit }: PageRequest) =>
      new Promise<ActivityPage>((resolve, reject) => {
        log.asked += 1
        const all = Array.from({ length: log.count }, (_, index) => log.count - index)
        const fits = all.filter((seq) => seq < before && seq > after && (query.search === undefined || seq % 2 === 0))
        const answer = { rows: fits.slice(0, limit).map(rowOf), more: fits.length > limit }
        const { failing } = log
        waiting.push(() => (failing ? reject(new HallpassError('store.locked', 'Busy.')) : resolve(answer)))
      }),
    /** Lets the next answer go, and all that hangs on it happen. */
    async answer() {
      waiting.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
    async answerAll() {
      while (waiting.length > 0) await log.answer()
    },
  }
  return log
}

const seqs = (reader: ReturnType<typeof createLogReader>) => reader.snapshot().rows.map(({ seq }) => seq)
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index)

describe('reading the log', () => {
  it('begins with the newest page and goes on below it', async () => {
    const log = createLog(450)
    const reader = createLogReader(log.page)
    reader.ask({})
    expect(reader.snapshot().pending).toBe(true)
    await log.answer()
    expect([seqs(reader), reader.snapshot().more]).toEqual([down(450, 251), true])
    reader.older()
    reader.older()
    await log.answerAll()
    reader.older()
    await log.answerAll()
    expect([seqs(reader), reader.snapshot().more]).toEqual([down(450, 1), false])
    reader.older()
    expect(log.asked).toBe(3)
  })

  it('takes newer entries on top, also when they are told of while a page is under way', async () => {
    const log = createLog(300)
    const reader = createLogReader(log.page)
    reader.ask({})
    await log.answer()
    reader.older()
    log.count = 303
    reader.newer()
    await log.answerAll()
    expect(seqs(reader)).toEqual(down(303, 1))
  })

  it('begins anew when more is new than fits on a page', async () => {
    const log = createLog(10)
    const reader = createLogReader(log.page)
    reader.ask({})
    await log.answer()
    log.count = 1000
    reader.newer()
    await log.answerAll()
    expect([seqs(reader), reader.snapshot().more]).toEqual([down(1000, 801), true])
  })

  it('drops the answer to a question that is not asked any more, and keeps the old rows until then', async () => {
    const log = createLog(10)
    const reader = createLogReader(log.page)
    reader.ask({})
    await log.answer()
    reader.newer()
    reader.ask({ search: 'even' })
    log.count = 12
    expect(seqs(reader)).toEqual(down(10, 1))
    await log.answerAll()
    expect(seqs(reader)).toEqual([10, 8, 6, 4, 2])
  })

  it('says what went wrong, keeps what it has, and can be asked again', async () => {
    const log = createLog(300)
    const reader = createLogReader(log.page)
    reader.ask({})
    await log.answer()
    log.failing = true
    reader.older()
    await log.answer()
    expect(reader.snapshot()).toMatchObject({ failure: { code: 'store.locked' }, pending: false })
    expect(seqs(reader)).toEqual(down(300, 101))
    log.failing = false
    reader.ask({})
    await log.answerAll()
    expect(reader.snapshot().failure).toBeNull()
  })

  it('ends up with every entry once, whatever happens in whatever order', async () => {
    const step = fc.constantFrom('older', 'newer', 'grow', 'answer', 'ask')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const log = createLog(350)
        const reader = createLogReader(log.page)
        const query: ActivityQuery = {}
        reader.ask(query)
        for (const one of steps) {
          if (one === 'grow') log.count += 90
          else if (one === 'answer') await log.answer()
          else if (one === 'ask') reader.ask(query)
          else reader[one]()
          const held = seqs(reader)
          expect(held).toEqual(held.length === 0 ? [] : down(held[0] ?? 0, (held[0] ?? 0) - held.length + 1))
        }
        await log.answerAll()
        reader.newer()
        await log.answerAll()
        while (reader.snapshot().more) {
          reader.older()
          await log.answerAll()
        }
        expect(seqs(reader)).toEqual(down(log.count, 1))
      }),
      { numRuns: 60 },
    )
  })
})
