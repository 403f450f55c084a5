/** Uses are noted for people, not for programs, and never in the way of what is used. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ConsoleService } from '#core/console-service.ts'
import { createHabitsService, createNoteUse, noteConsoleUses, noteSessionUses } from '#core/habits.ts'
import type { SessionService } from '#core/sessions/service.ts'
import { type ActivityWorld, createActivityWorld, NOON } from '../../support/activity-world.ts'
import { makeIdentity, makeRole } from '../../support/store-records.ts'

let world: ActivityWorld
let now = NOON
const clock = () => now
const warnings: string[] = []
const log = { warn: (message: string) => warnings.push(message), info() {}, error() {}, debug() {} }

beforeEach(() => {
  world = createActivityWorld()
  world.store.identities.insert(makeIdentity('i1', 'work'))
  world.store.roles.insert(makeRole('r1', 'prod', { kind: 'identity', id: 'i1', name: 'work' }))
  world.store.roles.insert(makeRole('r2', 'dev', { kind: 'identity', id: 'i1', name: 'work' }))
  now = NOON
  warnings.length = 0
})
afterEach(() => world.end())

const habits = () => createHabitsService(world.store, clock)
const noteUse = () => createNoteUse(world.store, clock, log as never)

it('counts a role that a person starts, opens, copies or runs a command with, and no fetch of a program', async () => {
  const sessions = { credentials: async () => ({}) } as unknown as SessionService
  const { credentials } = noteSessionUses(sessions, noteUse())
  for (const how of ['start', 'console', 'clipboard', 'assume', 'exec']) await credentials('prod', { use: { how } })
  for (const how of ['credential-process', 'static-profile', 'other']) await credentials('dev', { use: { how } })
  await credentials('dev')
  expect(habits().list().roles).toEqual([{ name: 'prod', uses: 5, lastUsedAt: NOON }])
})

it('counts nothing that failed, and an identity for no role', async () => {
  const failing = { credentials: () => Promise.reject(new Error('refused')) } as unknown as SessionService
  await expect(noteSessionUses(failing, noteUse()).credentials('prod', { use: { how: 'start' } })).rejects.toThrow()
  const sessions = { credentials: async () => ({}) } as unknown as SessionService
  await noteSessionUses(sessions, noteUse()).credentials('work', { use: { how: 'assume' } })
  expect(habits().list().roles).toEqual([])
})

it('counts opening the switch form', () => {
  const links = { switchRoleLink: () => 'https://example.com/' } as unknown as ConsoleService
  expect(noteConsoleUses(links, noteUse()).switchRoleLink('dev')).toBe('https://example.com/')
  expect(habits().list().roles).toEqual([{ name: 'dev', uses: 1, lastUsedAt: NOON }])
})

it('hands the credentials out although their use could not be noted', async () => {
  const sessions = { credentials: async () => ({ accessKeyId: 'A' }) } as unknown as SessionService
  const broken = { ...world.store, roleUse: { note: () => expect.unreachable() } }
  broken.roleUse.note = () => {
    throw new Error('disk full')
  }
  const noting = noteSessionUses(sessions, createNoteUse(broken as never, clock, log as never))
  expect(await noting.credentials('prod', { use: { how: 'start' } })).toEqual({ accessKeyId: 'A' })
  expect(warnings).toEqual(['The use of a role could not be noted.'])
})

it('remembers what else was chosen, the latest first, and 200 things at most', () => {
  const service = habits()
  service.note('theme dark')
  now += 1000
  service.note('settings')
  now += 1000
  service.note('theme dark')
  expect(service.list().choices).toEqual([
    { id: 'theme dark', uses: 2, lastUsedAt: NOON + 2000 },
    { id: 'settings', uses: 1, lastUsedAt: NOON + 1000 },
  ])
  for (let at = 0; at < 250; at++) service.note(`identity ${at}`)
  const { choices } = service.list()
  expect(choices).toHaveLength(200)
  expect(choices[0]?.id).toBe('identity 249')
  expect(() => service.note('')).toThrow()
  world.store.setSetting('palette.choices', 'not JSON')
  expect(service.list().choices).toEqual([])
})
