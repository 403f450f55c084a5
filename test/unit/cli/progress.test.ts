import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Progress, waitingFor } from '../../../src/cli/output/progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('says what is waited for in place of what is done, until that is over', async () => {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true })
  const progress = new Progress(stream)
  const shown = async () => {
    await vi.advanceTimersByTimeAsync(1500)
    return String(stream.read() ?? '')
  }
  let done = () => {}
  const work = () =>
    new Promise<void>((resolve) => {
      done = resolve
    })
  const first = progress.during('Asking AWS', work())
  expect(await shown()).toContain('Asking AWS')
  progress.detail('Waiting up to 12 s for the next MFA code of dana')
  expect(await shown()).toContain('Waiting up to 12 s')
  done()
  await first
  stream.read()
  const second = progress.during('Asking again', work())
  expect(await shown()).toMatch(/^(?!.*Waiting).*Asking again/s)
  done()
  await second
})

it('says for good whose prompt is waited for, on a terminal only and without control characters', () => {
  for (const isTTY of [true, false]) {
    const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY })
    new Progress(stream).line(waitingFor('prod\u001b[2J'))
    const said = 'Waiting for prod\ufffd[2J: another Hallpass process asks for the code.\n'
    expect(stream.read()).toBe(isTTY ? said : null)
  }
})
