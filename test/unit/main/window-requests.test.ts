// What is asked of the window from outside, before and after its page listens.
import { beforeEach, expect, it } from 'vitest'
import { createWindowRequests, type WindowRequests } from '../../../src/main/window-requests.ts'

let sent: unknown[][]
let shown: number
let requests: WindowRequests

beforeEach(() => {
  sent = []
  shown = 0
  requests = createWindowRequests(
    () => {
      shown++
    },
    (event, payload) => sent.push([event, payload]),
  )
})

it('reach a page that listens at once, and bring the window up', () => {
  requests.pageReady()
  requests.ask('palette.open', undefined)
  expect(sent).toEqual([['palette.open', undefined]])
  expect(shown).toBe(1)
})

it('wait for the page, the newest of each kind, once', () => {
  for (const command of ['roles', 'settings'] as const) requests.ask('command.requested', { command })
  requests.ask('palette.open', undefined)
  expect(sent).toEqual([])
  expect(shown).toBe(3)
  requests.pageReady()
  expect(sent).toEqual([
    ['command.requested', { command: 'settings' }],
    ['palette.open', undefined],
  ])
  requests.pageReady()
  expect(sent).toHaveLength(2)
})

it('wait again once the page is gone', () => {
  requests.pageReady()
  requests.pageGone()
  requests.ask('palette.open', undefined)
  expect(sent).toEqual([])
})
