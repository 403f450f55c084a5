// Links on their way to the window, from each of the places they come from.
import { beforeEach, expect, it, vi } from 'vitest'
import { HallpassError } from '#shared/errors.ts'
import { collectLinks, createDeepLinks, type DeepLinks, registerLinkScheme } from '../../../src/main/deep-links.ts'
import { app, seen } from './electron-double.ts'

vi.mock('electron', () => import('./electron-double.ts'))

let asked: unknown[]
let links: DeepLinks
let failure: Error | undefined
const logged: string[] = []

beforeEach(() => {
  app.removeAllListeners()
  asked = []
  failure = undefined
  const show = (name: string) => {
    if (failure) throw failure
    if (name.toLowerCase() !== 'admin') throw new HallpassError('role.not-found', `There is no role ${name}.`)
    return { summary: { name: 'Admin' } }
  }
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: (message: string) => logged.push(message) }
  links = createDeepLinks({
    hallpass: { roles: { show } } as never,
    requests: { ask: (event: string, payload: unknown) => asked.push([event, payload]) } as never,
    log,
  })
})

it('ask the window, with the name as the person wrote it', () => {
  links.follow('hallpass://role/ADMIN')
  expect(asked).toEqual([['deep-link.opened', { link: { kind: 'role', name: 'Admin' } }]])
})

it('come from a command line, or there is none', () => {
  expect(links.followArguments(['/opt/Hallpass', '--flag', 'hallpass://console/admin'])).toBe(true)
  expect(links.followArguments(['/opt/Hallpass', '--flag', '.'])).toBe(false)
  expect(asked).toHaveLength(1)
  expect(links.followArguments(['/opt/Hallpass', 'hallpass://role/admin', 'hallpass://role/admin'])).toBe(true)
  expect(asked.at(-1)).toMatchObject(['deep-link.opened', { problem: { code: 'link.invalid' } }])
})

it('of macOS wait until somebody follows, the last of them', () => {
  const early = collectLinks()
  let prevented = 0
  const event = { preventDefault: () => prevented++ }
  app.emit('open-url', event, 'hallpass://role/first')
  app.emit('open-url', event, 'hallpass://role/admin')
  early.follow(links.follow)
  app.emit('open-url', event, 'hallpass://role/nobody')
  expect(asked).toMatchObject([
    ['deep-link.opened', { link: { name: 'Admin' } }],
    ['deep-link.opened', { problem: { code: 'role.not-found' } }],
  ])
  expect(JSON.stringify(asked)).not.toContain('nobody')
  expect(prevented).toBe(3)
})

it('say what else goes wrong, and what nobody foresaw only in the log', () => {
  failure = new HallpassError('store.locked', 'The store is busy.')
  links.follow('hallpass://role/admin')
  expect(asked.at(-1)).toMatchObject(['deep-link.opened', { problem: { code: 'store.locked' } }])
  failure = new Error('/home/dana/secret')
  links.follow('hallpass://role/admin')
  expect(asked.at(-1)).toMatchObject(['deep-link.opened', { problem: { code: 'internal' } }])
  expect(JSON.stringify(asked)).not.toContain('/home/dana')
  expect(logged).toEqual(['unexpected failure'])
})

it('come to the installed app only', () => {
  app.isPackaged = false
  registerLinkScheme()
  app.isPackaged = true
  registerLinkScheme()
  expect(seen.schemes).toEqual(['hallpass'])
})
