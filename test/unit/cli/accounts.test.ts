/** `hallpass account`, on a state folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import { makeIdentity, makeRole } from '../../support/store-records.ts'
import { runMain } from './support.ts'

const ID = '123456789012'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cli-accounts-'))
  const store = openStore({ file: join(home, 'hallpass.db') })
  store.identities.insert(makeIdentity('i1', 'work'))
  store.roles.insert(makeRole('r1', 'admin', { kind: 'identity', id: 'i1', name: 'work' }))
  store.close()
})
afterEach(() => rmSync(home, { recursive: true }))

const run = (...words: string[]) => {
  const env = { ...process.env, HALLPASS_HOME: home, HALLPASS_NO_AGENT: '1' } as Record<string, string>
  return runMain(words, { env })
}

it('names an account, and its roles follow in every listing', async () => {
  expect((await run('account', 'list')).stdout).toMatch(/123456789012 +– +not known +1/)
  const named = await run('account', 'name', ID, 'acme-prod', '--json')
  expect(JSON.parse(named.stdout)).toEqual({
    accountId: ID,
    name: 'acme-prod',
    environment: 'prod',
    decidedBy: 'name',
  })
  expect((await run('account', 'list')).stdout).toMatch(/acme-prod +prod, by its name/)
  expect(JSON.parse((await run('role', 'list', '--json')).stdout)).toMatchObject([{ environment: 'prod' }])
  const shown = await run('role', 'show', 'admin')
  expect(shown.stdout).toMatch(/Account +acme-prod \(123456789012\)/)
  expect(shown.stdout).toMatch(/Environment +prod/)
})

it('takes a person’s word for it, and takes it back', async () => {
  await run('account', 'name', ID, 'acme-prod')
  expect(JSON.parse((await run('account', 'environment', ID, 'none', '--json')).stdout)).toMatchObject({
    environment: null,
    decidedBy: 'person',
  })
  expect((await run('account', 'environment', ID)).stdout).toMatch(/Environment +prod, by its name/)
  expect(JSON.parse((await run('account', 'name', ID, '--json')).stdout)).toMatchObject({ name: null })
})

it.each([
  [['environment', ID, 'production'], 'production is not an environment'],
  [['environment', '12', 'prod'], '12 digits'],
  [['name', ID, 'x'.repeat(65)], 'at most 64 characters'],
  [['name'], 'missing'],
])('refuses %j', async (words, message) => {
  const { exitCode, stdout, stderr } = await run('account', ...words)
  expect(exitCode).toBe(2)
  expect(stdout).toBe('')
  expect(stderr.toLowerCase()).toContain(message.toLowerCase())
})
