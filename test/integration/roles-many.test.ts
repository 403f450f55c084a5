/** Several roles changed as one: records, AWS files and sessions together, all of it or nothing, and back again. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHallpass } from '#core/create-hallpass.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { createLog } from '#core/log.ts'
import { type RoleChange, roleChangesSchema } from '#shared/role-changes.ts'
import { PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const DATA = 'arn:aws:iam::456789012345:role/DataEngineer'

let scenario: Scenario
let hallpass: Hallpass
beforeEach(async () => {
  scenario = await startScenario('/nowhere/hallpass.cjs')
  const log = createLog(() => {})
  const mfaPrompt = () => Promise.reject(new Error('nobody to ask'))
  hallpass = await createHallpass({ env: scenario.env, command: ['node', '/nowhere/hallpass.cjs'], log, mfaPrompt })
  const { accessKeyId, secretAccessKey } = scenario.account.user('dana.whitfield')
  await hallpass.identities.add({ name: 'work', accessKeyId, secretAccessKey }, { verify: false })
  hallpass.roles.add({ name: 'prod', arn: PROD_READ_ONLY, from: 'work', region: 'eu-west-1' })
  hallpass.roles.add({ name: 'sandbox', arn: SANDBOX_ADMIN, from: 'work', durationSeconds: 1800 })
  hallpass.roles.add({ name: 'data', arn: DATA, from: 'work', externalId: 'acme-ops-2291', environment: 'other' })
})
afterEach(async () => {
  hallpass.close()
  await scenario.end()
})

const config = () => readFileSync(scenario.configFile, 'utf8')
const settings = () => ['prod', 'sandbox', 'data'].map((name) => hallpass.roles.show(name).role.settings)
const all = (edit: RoleChange['edit'], written?: RoleChange['written']): RoleChange[] =>
  ['prod', 'sandbox', 'data'].map((name) => ({ name, edit, ...(written === undefined ? {} : { written }) }))
const undoEntries = () => readdirSync(join(String(scenario.env.HALLPASS_HOME), 'undo')).length
/** Everything an undo has to bring back. */
const state = () => ({
  config: config(),
  settings: settings(),
  profiles: hallpass.profiles.list().map(({ writtenAt: _, ...profile }) => profile),
})

describe('editing several roles', () => {
  it('changes records and files, and its answer changes them back', async () => {
    await hallpass.profiles.write('prod', { profile: 'prod-own', makeDefault: true })
    const before = state()
    const undo = await hallpass.roles.editMany(
      all({ region: 'eu-central-1', environment: 'staging', autoRenew: false }, { mode: 'process' }),
    )
    expect(settings()).toEqual(
      before.settings.map((each) => ({ ...each, region: 'eu-central-1', environment: 'staging', autoRenew: false })),
    )
    expect(hallpass.profiles.list().map(({ profile, name }) => [profile, name])).toEqual([
      ['data', 'data'],
      ['default', 'prod'],
      ['prod-own', 'prod'],
      ['sandbox', 'sandbox'],
    ])
    expect(config().match(/region = eu-central-1/g)).toHaveLength(4)
    expect(config()).toContain('# mine\n[profile other]\nregion = us-west-2\n')

    await hallpass.roles.editMany(undo)
    expect(state()).toEqual(before)
  })

  it('is one edit of the AWS files to take back', async () => {
    const before = config()
    await hallpass.roles.editMany(all({}, { mode: 'process' }))
    const edits = await hallpass.profiles.edits()
    expect(edits.map(({ description }) => description)).toEqual(['Write 3 profiles'])
    await hallpass.profiles.undo()
    expect(config()).toBe(before)
    expect(hallpass.profiles.list()).toEqual([])
  })

  it('takes profiles out as one, and puts them back as they were', async () => {
    await hallpass.profiles.write('prod', { makeDefault: true })
    await hallpass.profiles.write('data', { profile: 'data-own' })
    const before = state()
    const undo = await hallpass.roles.editMany(all({}, null))
    expect(hallpass.profiles.list()).toEqual([])
    expect(config()).toBe('# mine\n[profile other]\nregion = us-west-2\n')
    expect(undo.map(({ name }) => name)).toEqual(['prod', 'data'])
    await hallpass.roles.editMany(undo)
    const after = state()
    expect(after.profiles).toEqual(before.profiles)
    expect(after.settings).toEqual(before.settings)
  })

  it('renames a written profile with the role’s choice', async () => {
    await hallpass.profiles.write('prod')
    const undo = await hallpass.roles.editMany([{ name: 'prod', edit: { profile: 'acme' } }])
    expect(hallpass.profiles.list().map(({ profile }) => profile)).toEqual(['acme'])
    await hallpass.roles.editMany(undo)
    expect(hallpass.profiles.list().map(({ profile }) => profile)).toEqual(['prod'])
    expect(hallpass.roles.show('prod').role.settings.profile).toBeUndefined()
  })

  it('gives an adopted section back, and adopts it again', async () => {
    writeFileSync(scenario.configFile, `[profile theirs]\nrole_arn = ${PROD_READ_ONLY}\nsource_profile = x\n`)
    const theirs = config()
    await hallpass.profiles.adopt('theirs', { name: 'prod' })
    const before = state()
    const undo = await hallpass.roles.editMany(all({}, null))
    expect(config()).toBe(theirs)
    await hallpass.roles.editMany(undo)
    expect(state()).toEqual(before)
  })

  it('ends the sessions whose settings change, and says so before', async () => {
    await hallpass.sessions.credentials('sandbox')
    await hallpass.sessions.credentials('prod')
    const quiet = await hallpass.roles.planMany(all({ environment: 'dev', autoRenew: false }))
    expect(quiet.ends).toEqual([])
    await hallpass.roles.editMany(all({ environment: 'dev', autoRenew: false }))
    expect(hallpass.sessions.list()).toHaveLength(2)
    const changes: RoleChange[] = [{ name: 'sandbox', edit: { durationSeconds: 900 } }]
    expect((await hallpass.roles.planMany(changes)).ends).toEqual(['sandbox'])
    await hallpass.roles.editMany(changes)
    expect(hallpass.sessions.list().map(({ name }) => name)).toEqual(['prod'])
  })

  it('plans without touching anything', async () => {
    const before = state()
    const plan = await hallpass.roles.planMany(all({ durationSeconds: 1800, region: 'eu-west-1' }, { mode: 'process' }))
    expect(plan.roles).toEqual([
      { name: 'prod', fields: ['durationSeconds', 'written'] },
      { name: 'sandbox', fields: ['region', 'written'] },
      { name: 'data', fields: ['region', 'durationSeconds', 'written'] },
    ])
    expect(plan.diff.match(/^\+\[profile /gm)).toHaveLength(3)
    expect(state()).toEqual(before)
  })

  it('records each role it changed, and only those', async () => {
    await hallpass.roles.editMany(all({ region: 'eu-west-1' }))
    const entries = hallpass.activity.list({ kind: 'role.edited' })
    expect(entries.map(({ name }) => name)).toEqual(['data', 'sandbox'])
  })

  it('exchanges the names of two profiles', async () => {
    await hallpass.roles.editMany([
      { name: 'prod', edit: { profile: 'one' }, written: { mode: 'process' } },
      { name: 'data', edit: { profile: 'two' }, written: { mode: 'process' } },
    ])
    const before = state()
    const undo = await hallpass.roles.editMany([
      { name: 'prod', edit: { profile: 'two' } },
      { name: 'data', edit: { profile: 'one' } },
    ])
    expect(hallpass.profiles.list().map(({ profile, name }) => [profile, name])).toEqual([
      ['one', 'data'],
      ['two', 'prod'],
    ])
    expect(config()).toMatch(/\[profile one\]\n[^[]*credential-process "data"\n/)
    await hallpass.roles.editMany(undo)
    expect(state()).toEqual(before)
  })

  it('takes as many as there are, and says so when there are none', async () => {
    const one = { name: 'prod', edit: {} }
    expect(roleChangesSchema.safeParse(Array.from({ length: 20_000 }, () => one)).success).toBe(true)
    await expect(hallpass.roles.editMany([])).rejects.toMatchObject({
      code: 'input.invalid',
      message: 'No role was named.',
    })
  })

  it('is one edit, too, for all that start from what was edited', async () => {
    await hallpass.roles.editMany(all({}, { mode: 'process' }))
    const before = undoEntries()
    await hallpass.identities.edit('work', { region: 'eu-north-1' })
    expect(config().match(/region = eu-north-1/g)).toHaveLength(2)
    expect(undoEntries() - before).toBe(1)
  })
})

describe('nothing changes', () => {
  async function refusedBy(changes: RoleChange[]): Promise<string> {
    const before = state()
    const error = await hallpass.roles.editMany(changes).then(
      () => 'nothing',
      (thrown: Error & { code: string }) => `${thrown.code}: ${thrown.message}`,
    )
    expect(state()).toEqual(before)
    return error
  }

  it('when one role is not there, is named twice, or can’t have what is asked', async () => {
    expect(await refusedBy([...all({ region: 'eu-west-1' }), { name: 'nobody', edit: {} }])).toContain('role.not-found')
    expect(await refusedBy([...all({}), ...all({})])).toContain('named twice')
    expect(await refusedBy(all({ region: 'us-gov-west-1' }))).toContain('partition of prod')
    expect(await refusedBy(all({ durationSeconds: 60 }))).toContain('at least 15 minutes')
    expect(await refusedBy([])).toContain('input.invalid')
  })

  it('when two roles would have the same profile', async () => {
    expect(await refusedBy(all({ profile: 'same' }, { mode: 'process' }))).toContain('profile.in-use')
    await hallpass.profiles.write('prod')
    expect(await refusedBy([{ name: 'data', edit: {}, written: { profile: 'prod', mode: 'process' } }])).toContain(
      'profile.in-use',
    )
  })

  it('when one profile is somebody else’s', async () => {
    writeFileSync(scenario.configFile, '[profile data]\nregion = eu-west-1\n')
    expect(await refusedBy(all({ region: 'eu-west-3' }, { mode: 'process' }))).toContain('profile.not-owned')
    expect(await hallpass.profiles.edits()).toEqual([])
  })

  it('when the files can’t be written', async () => {
    await hallpass.profiles.write('prod')
    // The superuser may write anywhere: a folder in the file's place stops everybody.
    const before = state()
    const text = config()
    rmSync(scenario.configFile)
    mkdirSync(scenario.configFile)
    await expect(hallpass.roles.editMany(all({ region: 'eu-west-3' }, { mode: 'process' }))).rejects.toMatchObject({
      code: 'file.not-a-file',
    })
    rmSync(scenario.configFile, { recursive: true })
    writeFileSync(scenario.configFile, text)
    expect(state()).toEqual(before)
  })

  it('when the last step fails after the files are written', async () => {
    // Static keys of a session that has to end can't be taken out: the credentials file is none.
    await hallpass.profiles.write('sandbox', { mode: 'static' })
    await hallpass.profiles.write('prod')
    const file = scenario.env.AWS_SHARED_CREDENTIALS_FILE ?? ''
    const text = readFileSync(file)
    const before = state()
    rmSync(file)
    mkdirSync(file)
    const changes: RoleChange[] = [
      { name: 'sandbox', edit: { region: 'eu-west-3' } },
      { name: 'prod', edit: { region: 'eu-west-3' } },
    ]
    await expect(hallpass.roles.editMany(changes)).rejects.toMatchObject({ code: 'file.not-a-file' })
    rmSync(file, { recursive: true })
    writeFileSync(file, text, { mode: 0o600 })
    expect(state()).toEqual(before)
  })
})

describe('accounts', () => {
  it('decide the environment of their roles everywhere, and end no session', async () => {
    await hallpass.sessions.credentials('prod')
    hallpass.accounts.change('123456789012', { name: 'acme-prod' })
    const summary = hallpass.roles.list().find(({ name }) => name === 'prod')
    const row = hallpass.roles.rows().find(({ name }) => name === 'prod')
    const detail = hallpass.roles.show('prod')
    expect([summary, row, detail.summary].map((each) => each?.environment)).toEqual(['prod', 'prod', 'prod'])
    expect(row?.accountName).toBe('acme-prod')
    expect(detail.account).toMatchObject({ decidedBy: 'name' })
    expect(detail.chain.at(-1)).toMatchObject({ accountName: 'acme-prod', problem: null })
    // The contract of `role list --json`.
    expect(Object.keys(summary ?? {})).toEqual(
      'name arn accountId roleName from profile profileMode region environment state expiresAt'.split(' '),
    )
    expect(summary?.state).toBe('active')
    hallpass.accounts.change('123456789012', { environment: 'none' })
    expect(hallpass.roles.show('prod').summary).toMatchObject({ environment: null, state: 'active' })
    // The role's own word stands.
    expect(hallpass.roles.show('data').summary.environment).toBe('other')
  })

  it('are recorded in the activity log when they change', async () => {
    hallpass.accounts.change('123456789012', { name: 'acme' })
    hallpass.accounts.change('123456789012', { name: 'acme' })
    await hallpass.roles.edit('prod', { region: 'eu-west-3' })
    expect(hallpass.activity.list({ kind: 'account' }).map(({ detail, accountId }) => [accountId, detail])).toEqual([
      ['123456789012', { nameBefore: '' }],
    ])
  })
})

describe('a chain that can’t work', () => {
  it('says so on the hop where it breaks', async () => {
    await hallpass.roles.edit('prod', { mfa: true })
    expect(hallpass.roles.show('prod').chain).toMatchObject([
      { kind: 'identity', problem: 'no-mfa-device' },
      { kind: 'role', problem: null },
    ])
    hallpass.roles.add({ name: 'china', arn: 'arn:aws-cn:iam::123456789012:role/x', from: 'prod' })
    expect(hallpass.roles.show('china').chain.map(({ problem }) => problem)).toEqual([
      'no-mfa-device',
      null,
      'other-partition',
    ])
  })
})

describe('removing several roles', () => {
  it('takes their profiles in one edit, and tells what stays', async () => {
    hallpass.roles.add({ name: 'leaf', arn: DATA, from: 'sandbox' })
    hallpass.roles.add({ name: 'other', arn: DATA, from: 'data' })
    await hallpass.roles.editMany([
      { name: 'leaf', edit: {}, written: { mode: 'process' } },
      ...all({}, { mode: 'process' }),
    ])
    const before = undoEntries()
    const kept = await hallpass.roles.removeMany(['sandbox', 'prod', 'data', 'leaf'])
    expect(kept.map(({ name, error }) => [name, error.code, error.message])).toEqual([
      ['data', 'record.in-use', 'other is assumed from data.'],
    ])
    expect(hallpass.roles.list().map(({ name }) => name)).toEqual(['data', 'other'])
    expect(hallpass.profiles.list().map(({ profile }) => profile)).toEqual(['data'])
    expect(config()).not.toContain('[profile leaf]')
    expect(config()).toContain('[profile data]')
    expect(undoEntries() - before).toBe(1)
    const noted = hallpass.activity.list().filter(({ kind }) => kind === 'role.removed')
    expect(noted.map(({ name }) => name).sort()).toEqual(['leaf', 'prod', 'sandbox'])
  })

  it('takes none when their profiles can’t go', async () => {
    await hallpass.roles.editMany(all({}, { mode: 'process' }))
    rmSync(scenario.configFile)
    mkdirSync(scenario.configFile)
    await expect(hallpass.roles.removeMany(['prod', 'sandbox'])).rejects.toMatchObject({ code: 'file.not-a-file' })
    expect(hallpass.roles.list()).toHaveLength(3)
    rmSync(scenario.configFile, { recursive: true })
  })
})
