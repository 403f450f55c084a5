import { expect, test } from 'vitest'
import { createBreakGlassView } from '../../../src/main/breakglass-view.ts'
import type { Stage } from '../../../src/main/drill-mode.ts'

/** What break-glass would say, changed by hand. */
function make() {
  const state = { credentials: [{ name: 'rescue' }] as unknown[], openings: [] as unknown[], broken: false }
  const stage = {
    breakglass: {
      list() {
        if (state.broken) throw new Error('the store is gone')
        return state.credentials
      },
      openings: () => state.openings,
      setup: { interrupted: () => [] },
    },
    activity: { list: () => [] },
    isDrill: false,
  } as unknown as Stage
  return { state, view: createBreakGlassView({ stage: () => stage, progress: () => null }) }
}

test('it has changed when the page would get another answer than its last', () => {
  const { state, view } = make()
  view.list()
  expect(view.hasChanged()).toBe(false)
  state.credentials = [{ name: 'rescue' }]
  expect(view.hasChanged()).toBe(false)
  state.credentials = [{ name: 'rescue' }, { name: 'lab' }]
  expect(view.hasChanged()).toBe(true)
  // Until the page has asked.
  expect(view.hasChanged()).toBe(true)
  view.list()
  expect(view.hasChanged()).toBe(false)
})

test('an opened seal is a change', () => {
  const { state, view } = make()
  view.list()
  state.openings = [
    { id: 'o1', credential: { id: 's1', name: 'rescue' }, until: '2026-01-01T00:00:00Z', reason: 'a try' },
  ]
  expect(view.hasChanged()).toBe(true)
})

test('a page that never asked is told nothing, and one that asked hears of what can’t be read', () => {
  const { state, view } = make()
  state.broken = true
  expect(view.hasChanged()).toBe(false)
  state.broken = false
  view.list()
  state.broken = true
  expect(view.hasChanged()).toBe(true)
})
