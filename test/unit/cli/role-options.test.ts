/** Options of `role add` and `role edit` as they arrive in core. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { COMMANDS, GROUPS } from '../../../src/cli/commands/index.ts'
import { readRoleOptions } from '../../../src/cli/handlers/role-options.ts'
import { buildProgram } from '../../../src/cli/program.ts'
import { makeHost } from './support.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'role-options-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function edit(...words: string[]): Promise<unknown> {
  let result: unknown
  const program = buildProgram({
    host: makeHost(),
    groups: GROUPS,
    commands: COMMANDS,
    run: async (_descriptor, invocation) => {
      result = await readRoleOptions(invocation)
    },
  })
  await program.parseAsync(['role', 'edit', 'prod', ...words], { from: 'user' })
  return result
}

it('leaves out what was not given', async () => {
  expect(await edit()).toEqual({})
})

it('reads every setting', async () => {
  const policy = join(folder, 'policy.json')
  await writeFile(policy, '{"Version": "2012-10-17"}\n')
  const words =
    '--profile p --region eu-west-1 --duration 1h30m --session-name s1 --external-id x1 --mfa --source-identity me ' +
    '--tag a=1 --tag b=x=y --tag c= --transitive a --transitive b --policy-arn p1 --policy-arn p2 --environment prod --color F2B0A9'
  expect(await edit(...words.split(' '), '--policy', policy)).toEqual({
    profile: 'p',
    region: 'eu-west-1',
    durationSeconds: 5400,
    sessionName: 's1',
    externalId: 'x1',
    mfa: true,
    sourceIdentity: 'me',
    tags: [
      { key: 'a', value: '1' },
      { key: 'b', value: 'x=y' },
      { key: 'c', value: '' },
    ],
    transitiveTagKeys: ['a', 'b'],
    policyArns: ['p1', 'p2'],
    policy: '{"Version": "2012-10-17"}',
    environment: 'prod',
    color: 'F2B0A9',
  })
})

const CLEARED = {
  profile: null,
  region: null,
  durationSeconds: null,
  sessionName: null,
  externalId: null,
  sourceIdentity: null,
  tags: null,
  transitiveTagKeys: null,
  policyArns: null,
  policy: null,
  color: null,
}
const CLEARABLE =
  'profile region duration session-name external-id source-identity tag transitive policy-arn policy color'

it('clears with no- in front', async () => {
  const words = [...CLEARABLE.split(' '), 'environment', 'mfa'].map((option) => `--no-${option}`)
  expect(await edit(...words)).toEqual({ ...CLEARED, environment: null, mfa: false })
})

it('clears with an empty value', async () => {
  expect(await edit(...CLEARABLE.split(' ').flatMap((option) => [`--${option}`, '']))).toEqual(CLEARED)
})

it('says what is wrong with a policy file', async () => {
  await expect(edit('--policy', join(folder, 'none.json'))).rejects.toMatchObject({ code: 'file.not-found' })
  await expect(edit('--policy', folder)).rejects.toMatchObject({ code: 'file.not-a-file' })
})
