import { describe, expect, it } from 'vitest'
import { createAwsClock } from '#core/aws/index.ts'

const START = Date.parse('2026-11-24T09:00:00Z')
const MINUTE = 60_000

/** A computer, its clock off by `wrong` milliseconds, on which processes share one saved measurement. */
function computer() {
  const state = { true: START, wrong: 0, booted: START - 10 * MINUTE, boot: 'one' as string | undefined, saved: '' }
  let saves = 0
  const process = () =>
    createAwsClock({
      local: () => state.true + state.wrong,
      uptime: () => state.true - state.booted,
      bootId: () => state.boot,
      load: () => state.saved,
      save: (text) => {
        saves += 1
        state.saved = text
      },
    })
  const answer = (clock: ReturnType<typeof process>, took = 100, late = 0) => {
    const sentAt = state.true + state.wrong
    const serverDate = Math.floor((state.true + took / 2 + late) / 1000) * 1000
    state.true += took
    clock.observe(serverDate, sentAt, state.true + state.wrong)
  }
  return { state, process, answer, saves: () => saves }
}

describe('AWS’s clock', () => {
  it('is the computer’s until AWS has answered', () => {
    const { process } = computer()
    expect(process().now()).toBe(START)
    expect(process().skew()).toBeNull()
  })

  it('does not take the resolution of the header for a difference', () => {
    const { state, process, answer } = computer()
    const clock = process()
    answer(clock)
    expect(clock.skew()?.seconds).toBe(0)
    expect(clock.now()).toBe(state.true)
  })

  it.each([90 * MINUTE, -90 * MINUTE])(
    'is found from a clock that is off by %d ms, and known to other processes',
    (wrong) => {
      const { state, process, answer } = computer()
      state.wrong = wrong
      const clock = process()
      answer(clock)
      for (const each of [clock, process()]) {
        expect(Math.abs(each.now() - state.true)).toBeLessThan(1000)
        expect(Math.abs((each.skew()?.seconds ?? 0) + wrong / 1000)).toBeLessThanOrEqual(1)
      }
    },
  )

  it('goes by the middle of recent answers, so that one late answer does no harm', () => {
    const { state, process, answer } = computer()
    const clock = process()
    for (let call = 0; call < 5; call++) answer(clock, 100, call === 2 ? 30_000 : 0)
    expect(Math.abs(clock.now() - state.true)).toBeLessThan(1000)
  })

  it.each([90 * MINUTE, -90 * MINUTE])('goes on unmoved when the computer’s clock is set by %d ms', (step) => {
    const { state, process, answer } = computer()
    const clock = process()
    answer(clock)
    state.wrong += step
    state.true += 5 * MINUTE
    for (const each of [clock, process()]) expect(Math.abs(each.now() - state.true)).toBeLessThan(1000)
    answer(clock)
    expect(Math.abs(clock.now() - state.true)).toBeLessThan(1000)
    expect(Math.abs((clock.skew()?.seconds ?? 0) + step / 1000)).toBeLessThanOrEqual(1)
  })

  it.each(['two', undefined])(
    'of an earlier start of the computer is believed only where sessions end sooner: %s',
    (boot) => {
      const { state, process, answer } = computer()
      if (boot === undefined) state.boot = undefined
      state.wrong = 90 * MINUTE
      answer(process())
      state.boot = boot
      state.booted = state.true
      state.true += 60 * MINUTE
      state.wrong = 0
      // Put right meanwhile: AWS must not be thought to be 90 minutes behind.
      expect(process().now()).toBe(state.true)
      state.wrong = -90 * MINUTE
      state.boot = 'three'
      answer(process())
      state.boot = boot
      expect(process().now()).toBeGreaterThanOrEqual(state.true - 1000)
    },
  )

  it('is left for others when it changes, not at every call', () => {
    const { state, process, answer, saves } = computer()
    const clock = process()
    for (let call = 0; call < 10; call++) answer(clock)
    expect(saves()).toBe(1)
    state.true += 31 * MINUTE
    answer(clock)
    expect(saves()).toBe(2)
  })

  it('does without an answer that has no date, or a saved one that is damaged', () => {
    const { state, process } = computer()
    const clock = process()
    clock.observe(Number.NaN, START, START)
    expect(clock.skew()).toBeNull()
    state.saved = '{"offset":"x"'
    expect(clock.now()).toBe(START)
  })
})
