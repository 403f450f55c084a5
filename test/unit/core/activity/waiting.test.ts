/** Which entries wait for the disk, and what brings the others onto it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ActivityDraft } from '#core/activity/entry.ts'
import { recordSessions, recordSts } from '#core/activity/record-sessions.ts'
import type { ActivityWait } from '#core/activity/service.ts'
import type { SessionService } from '#core/sessions/service.ts'
import { Connection } from '#core/store/connection.ts'
import { readPragma } from '#core/store/sqlite.ts'
import { type ActivityWorld, createActivityWorld, NOON } from '../../../support/activity-world.ts'
import { makeIdentity, makeRole } from '../../../support/store-records.ts'

const SYNCED = 2
const NOT_SYNCED = 1
/** Bringing entries onto the disk, without one of its own. */
const CAUGHT_UP = 'caught up'
const ENTRY = { kind: 'identity.tested', name: 'work' } as const

let world: ActivityWorld
/** Of the log's commits, in order: how SQLite was told to commit. */
let commits: (number | string)[]
beforeEach(async () => {
  vi.useFakeTimers()
  world = createActivityWorld()
  await world.activity.record(ENTRY)
  commits = []
  const run = Connection.prototype.run
  vi.spyOn(Connection.prototype, 'run').mockImplementation(function (this: Connection, sql, ...values) {
    const result = run.call(this, sql, ...values)
    if (sql.startsWith('UPDATE head'))
      commits.push(sql.includes('hash') ? readPragma(this.db, 'synchronous') : CAUGHT_UP)
    return result
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  world.end()
})

describe('an entry', () => {
  it('waits for the disk unless it is told otherwise', async () => {
    await world.activity.record(ENTRY)
    expect(commits).toEqual([SYNCED])
  })

  it('that is followed does not, and what follows takes it along', async () => {
    await world.activity.record(ENTRY, 'followed')
    await world.activity.record(ENTRY, 'synced')
    vi.advanceTimersByTime(1000)
    expect(commits).toEqual([NOT_SYNCED, SYNCED])
  })

  it('that is to be there soon waits where one before it is not there yet', async () => {
    await world.activity.record(ENTRY, 'followed')
    await world.activity.record(ENTRY, 'soon')
    await world.activity.record(ENTRY, 'soon')
    expect(commits).toEqual([NOT_SYNCED, SYNCED, NOT_SYNCED])
  })

  it.each(['soon', 'followed'] as const)('that is %s is there a moment later by itself, once', async (wait) => {
    await world.activity.record(ENTRY, wait)
    await world.activity.record(ENTRY, wait)
    vi.advanceTimersByTime(1000)
    expect(commits).toEqual([NOT_SYNCED, NOT_SYNCED, CAUGHT_UP])
    expect(await world.activity.verify()).toMatchObject({ intact: true, entries: 4 })
  })

  it('is there when the log is closed', async () => {
    await world.activity.record(ENTRY, 'soon')
    world.activity.close()
    expect(commits).toEqual([NOT_SYNCED, CAUGHT_UP])
  })
})

describe('what is recorded', () => {
  const waits: [string, ActivityWait | undefined][] = []
  const activity = {
    record: async ({ kind, how }: ActivityDraft, wait?: ActivityWait) =>
      void waits.push([how ? `${kind} ${how}` : kind, wait]),
    note: async () => {},
  }
  const issued = {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: 's',
    sessionToken: 't',
    expiration: new Date(NOON),
  }
  const credentials = { ...issued, accountId: null, roleArn: null, assumedRoleArn: null, region: null }

  it('of a start is on the disk before anybody gets what AWS issued', async () => {
    waits.length = 0
    world.store.identities.insert(makeIdentity('i1', 'work'))
    world.store.roles.insert(makeRole('r1', 'prod', { kind: 'identity', id: 'i1', name: 'work' }))
    const answer = async () => ({ ...issued, assumedRoleArn: 'arn' })
    const calls = { getCallerIdentity: () => Promise.reject(new Error()), assumeRole: answer, getSessionToken: answer }
    const call = { credentials: issued, region: 'eu-west-1', target: 'prod', caller: 'dana' }
    const sts = recordSts(calls, world.store, activity, () => NOON)
    await sts.assumeRole(call, { roleArn: 'arn', sessionName: 'x' })
    const engine: Pick<SessionService, 'credentials'> = { credentials: async () => credentials }
    const sessions = recordSessions(engine, world.store, activity)
    for (const how of ['assume', 'credential-process', 'exec']) await sessions.credentials('prod', { use: { how } })
    expect(waits).toEqual([
      ['session.started', 'followed'],
      ['credentials.issued assume', 'synced'],
      // Which is `synced` after a `followed` one.
      ['credentials.issued credential-process', 'soon'],
      ['credentials.issued exec', 'synced'],
    ])
  })
})
