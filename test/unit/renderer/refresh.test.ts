import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { BREAKGLASS, refreshAll, refreshBreakGlass, refreshLists } from '../../../src/renderer/lib/refresh.ts'

test('a first answer that is older than the change is not the last word', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })
  const answers: ((value: string) => void)[] = []
  const observer = new QueryObserver(client, {
    queryKey: ['state'],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
  })
  const stop = observer.subscribe(() => {})
  const refreshed = refreshAll(client)
  await expect.poll(() => answers.length).toBe(2)
  answers[0]?.('before')
  answers[1]?.('after')
  await refreshed
  expect(observer.getCurrentResult().data).toBe('after')
  stop()
})

test('break-glass is asked for when it has changed, and not with every change of the lists', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })
  const asked = { lists: 0, breakglass: 0 }
  let fails = false
  const observers = [
    new QueryObserver(client, { queryKey: ['sessions.list'], queryFn: () => ++asked.lists }),
    new QueryObserver(client, {
      queryKey: BREAKGLASS,
      queryFn: () => (fails ? Promise.reject(new Error('not now')) : ++asked.breakglass),
    }),
  ]
  const stops = observers.map((observer) => observer.subscribe(() => {}))
  await expect.poll(() => asked).toEqual({ lists: 1, breakglass: 1 })
  await refreshLists(client)
  expect(asked).toEqual({ lists: 2, breakglass: 1 })
  await refreshBreakGlass(client)
  expect(asked).toEqual({ lists: 2, breakglass: 2 })
  await refreshAll(client)
  expect(asked).toEqual({ lists: 3, breakglass: 3 })
  // What could not be read is tried with the rest.
  fails = true
  await refreshBreakGlass(client)
  fails = false
  await refreshLists(client)
  expect(asked).toEqual({ lists: 4, breakglass: 4 })
  for (const stop of stops) stop()
})
