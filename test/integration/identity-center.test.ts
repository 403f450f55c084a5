/** Hallpass's Identity Center clients against the practice account's, and the AWS tools with the sign-ins it writes. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSts } from '#core/aws/index.ts'
import {
  adoptCliToken,
  createCliCache,
  createOidc,
  createPortal,
  createTokenKeeper,
  discover,
  type FoundAccount,
  type IdentityCenterToken,
  signInWithBrowser,
  signInWithDevice,
} from '#core/identity-center/index.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { processLocks } from '#core/process-lock.ts'
import type { IdentityCenterInstance } from '#shared/identity-center.ts'
import { hasBotocore } from '../support/botocore.ts'
import { press } from '../unit/core/practice/identity-center/clients.ts'

const run = promisify(execFile)
const clock = () => Date.now()
/** Where Debian has the one that it packages. */
const CLI_V2 = '/usr/lib/python3/dist-packages/awscli/botocore'
let practice: PracticeAccount
let env: Record<string, string>
let instance: IdentityCenterInstance
let home: string

beforeAll(async () => {
  practice = await startPracticeAccount()
  env = {
    AWS_ENDPOINT_URL_SSO: practice.endpoint,
    AWS_ENDPOINT_URL_SSO_OIDC: practice.endpoint,
    AWS_ENDPOINT_URL_STS: practice.endpoint,
  }
  const { startUrl, region } = practice.identityCenter
  instance = { startUrl, region, scopes: ['sso:account:access'] }
})
afterAll(() => practice.close())
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hallpass-idc-'))
  practice.control.apply({ clearCalls: true, identityCenter: { answer: 'allow', deviceIntervalSeconds: 0 } })
})
afterEach(() => {
  rmSync(home, { recursive: true })
  practice.control.apply({ identityCenter: { tooManyPercent: 0, failPercent: 0, callsPerSecond: null } })
})

const set = (identityCenter: object) => void practice.control.apply({ identityCenter })
const actions = () => practice.calls().map(({ action }) => action)
/** A browser whose person allows or denies as the practice account is set to. */
const browser = async (url: string) => (await fetch(url)).text()
const base = () => ({ oidc: createOidc(env, clock), instance, registration: null, clock })
const signIn = () => signInWithBrowser({ ...base(), open: browser })

describe('signing in with the browser', () => {
  test('gives a token that opens the portal', async () => {
    const { token, registration } = await signIn()
    expect(registration).toMatchObject({ grantTypes: ['authorization_code', 'refresh_token'] })
    expect(token.refreshToken).toBeTruthy()
    const portal = createPortal(env)
    const { items } = await portal.listAccounts(token, { nextToken: null })
    expect(items.map(({ accountId }) => accountId)).toEqual(
      practice.identityCenter.accounts.map(({ accountId }) => accountId),
    )
    portal.close()
  })

  test('goes through the page that asks, and back', async () => {
    set({ answer: 'ask' })
    let back = ''
    const open = async (url: string) => {
      const reply = await press(practice, await browser(url), 'Allow')
      back = await browser(reply.headers.get('location') ?? '')
    }
    await signInWithBrowser({ ...base(), open })
    expect(back).toContain('You can close this tab')
  })

  test('ends with the person’s no', async () => {
    set({ answer: 'deny' })
    await expect(signIn()).rejects.toMatchObject({ code: 'sso.sign-in-denied' })
    expect(actions()).not.toContain('sso-oidc:CreateToken:authorization_code')
  })

  test('uses a registration again', async () => {
    const { registration } = await signIn()
    practice.control.apply({ clearCalls: true })
    await signInWithBrowser({ ...base(), registration, open: browser })
    expect(actions()).not.toContain('sso-oidc:RegisterClient')
  })

  test('of a start URL that is nobody’s says so', async () => {
    const other = { ...instance, startUrl: 'https://d-0000000000.awsapps.com/start' }
    await expect(signInWithBrowser({ ...base(), instance: other, open: browser })).rejects.toMatchObject({
      code: 'sso.request-invalid',
      message: expect.stringContaining(other.startUrl),
    })
  })
})

describe('signing in with a device code', () => {
  const device = { wait: async () => undefined }

  test('waits until the code is confirmed', async () => {
    set({ answer: 'ask' })
    let waits = 0
    let code = ''
    const wait = async () => {
      if (++waits === 3) set({ allowDevice: code })
    }
    const { token } = await signInWithDevice({
      ...base(),
      wait,
      onCode: ({ userCode, verificationUriComplete }) => {
        code = userCode
        expect(verificationUriComplete).toContain(userCode)
      },
    })
    expect(waits).toBe(3)
    expect(token.accessToken).toBeTruthy()
  })

  test('ends with the person’s no', async () => {
    set({ answer: 'deny' })
    await expect(signInWithDevice({ ...base(), ...device, onCode: () => undefined })).rejects.toMatchObject({
      code: 'sso.sign-in-denied',
    })
  })

  test('registers anew once AWS has dropped the registration', async () => {
    const first = await signInWithDevice({ ...base(), ...device, onCode: () => undefined })
    set({ expireRegistrations: true })
    const { registration } = first
    const again = await signInWithDevice({ ...base(), ...device, registration, onCode: () => undefined })
    expect(again.registration.clientId).not.toBe(registration.clientId)
  })
})

describe('a kept token', () => {
  const keeperWith = (first: IdentityCenterToken) => {
    let kept: IdentityCenterToken | undefined = first
    const store = {
      get: async () => kept,
      put: async (_id: string, next: IdentityCenterToken) => {
        kept = next
      },
      remove: async () => {
        kept = undefined
      },
    }
    const keepers = Array.from({ length: 3 }, () =>
      createTokenKeeper({ store, oidc: createOidc(env, clock), tryLock: processLocks(home), clock }),
    )
    return { keepers, kept: () => kept }
  }
  const nearItsEnd = (token: IdentityCenterToken) => ({ ...token, expiresAt: new Date(clock() + 60_000).toISOString() })

  test('is refreshed once for everybody who asks, and again with what that gave', async () => {
    const { token } = await signIn()
    const { keepers, kept } = keeperWith(nearItsEnd(token))
    const all = await Promise.all(keepers.flatMap((keeper) => [keeper.fresh('corp'), keeper.fresh('corp')]))
    expect(actions().filter((action) => action === 'sso-oidc:CreateToken:refresh_token')).toHaveLength(1)
    expect(new Set(all.map((fresh) => fresh.token.accessToken)).size).toBe(1)
    const [next] = keeperWith(nearItsEnd(kept() ?? token)).keepers
    expect(await next?.fresh('corp')).toMatchObject({ problem: null })
  })

  test('asks for a sign-in once an administrator has ended it', async () => {
    const { token } = await signIn()
    set({ endSignIns: true })
    const over = { ...token, expiresAt: new Date(clock() - 1000).toISOString() }
    await expect(keeperWith(over).keepers[0]?.fresh('corp')).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
    const portal = createPortal(env)
    await expect(portal.listAccounts(token, { nextToken: null })).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
    portal.close()
  })
})

describe('the portal', () => {
  test('gives credentials of a permission set, and none of what is not assigned', async () => {
    const { token } = await signIn()
    const portal = createPortal(env)
    const [account] = practice.identityCenter.accounts
    const [roleName = ''] = account?.roleNames ?? []
    const { accountId = '' } = account ?? {}
    const credentials = await portal.getRoleCredentials(token, { accountId, roleName })
    const caller = await createSts(env).getCallerIdentity(credentials, { region: 'eu-west-1', name: 'test' })
    expect(caller).toMatchObject({ accountId, arn: expect.stringContaining(`AWSReservedSSO_${roleName}_`) })
    expect(credentials.expiration.getTime()).toBeGreaterThan(clock() + 10 * 60_000)
    await expect(portal.getRoleCredentials(token, { accountId, roleName: 'Nobody' })).rejects.toMatchObject({
      code: 'sso.no-access',
    })
    portal.close()
  })

  test('knows no token after signing out, which may be done twice', async () => {
    const { token } = await signIn()
    const portal = createPortal(env)
    await portal.logout(token)
    await portal.logout(token)
    await expect(portal.listAccounts(token, { nextToken: null })).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
    portal.close()
  })

  test('is read whole although it refuses at random', async () => {
    const { token } = await signIn()
    practice.identityCenter.fill(120, 4)
    set({ tooManyPercent: 10, failPercent: 5, randomSeed: 11 })
    const portal = createPortal(env)
    const found: FoundAccount[] = []
    const outcome = await discover({
      portal,
      access: token,
      onAccount: (account) => found.push(account),
      ceiling: 500,
      wait: async () => undefined,
    })
    portal.close()
    expect(outcome).toMatchObject({ isComplete: true, progress: { accountsDone: 120, rolesFound: 480 } })
    const byId = (one: { accountId: string }, other: { accountId: string }) =>
      one.accountId.localeCompare(other.accountId)
    const there = practice.identityCenter.accounts.map((account) => ({
      ...account,
      roleNames: account.roleNames.toSorted(),
    }))
    expect(found.toSorted(byId)).toEqual(there.toSorted(byId))
    expect(outcome.progress.throttled).toBeGreaterThan(0)
  })
})

describe.skipIf(!hasBotocore)('the AWS tools', () => {
  const cache = () => createCliCache(join(home, 'state'), { HOME: home })
  const toolEnv = () => ({ PATH: process.env.PATH ?? '', HOME: home, ...env })

  function writeConfig(): { accountId: string; roleName: string } {
    practice.identityCenter.fill(1, 1)
    const [account] = practice.identityCenter.accounts
    const place = { accountId: account?.accountId ?? '', roleName: account?.roleNames[0] ?? '' }
    const file = join(home, '.aws', 'config')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      file,
      `[sso-session corp]\nsso_start_url = ${instance.startUrl}\nsso_region = ${instance.region}\n` +
        `[profile dev]\nsso_session = corp\nsso_account_id = ${place.accountId}\nsso_role_name = ${place.roleName}\nregion = eu-west-1\n`,
    )
    return place
  }

  /** Who botocore is with the profile. */
  async function whoIsBotocore(): Promise<{ Account: string; Arn: string }> {
    const script =
      'import json, botocore.session\n' +
      's = botocore.session.Session(profile="dev")\n' +
      'r = s.create_client("sts").get_caller_identity()\n' +
      'print(json.dumps({"Account": r["Account"], "Arn": r["Arn"]}))\n'
    const { stdout } = await run('python3', ['-c', script], { env: toolEnv() })
    return JSON.parse(stdout)
  }

  test('botocore works with a sign-in of Hallpass', async () => {
    const { accountId, roleName } = writeConfig()
    const { token } = await signIn()
    await cache().write('corp', token)
    expect(await whoIsBotocore()).toMatchObject({
      Account: accountId,
      Arn: expect.stringContaining(`AWSReservedSSO_${roleName}_`),
    })
  })

  test('botocore refreshes a sign-in of Hallpass, and Hallpass goes on with what that left', async () => {
    writeConfig()
    const { token } = await signIn()
    await cache().write('corp', { ...token, expiresAt: new Date(clock() + 5 * 60_000).toISOString() })
    await whoIsBotocore()
    expect(actions()).toContain('sso-oidc:CreateToken:refresh_token')
    const left = await cache().read('corp')
    expect(left?.accessToken).not.toBe(token.accessToken)
    const adopted = left && adoptCliToken(left, instance)
    if (!adopted) return expect.fail('The token is for another instance.')
    expect(await createOidc(env, clock).refresh(adopted)).toMatchObject({ startUrl: instance.startUrl })
    expect(statSync(cache().fileOf('corp')).mode & 0o777).toBe(0o600)
  })

  test.skipIf(!existsSync(CLI_V2))('AWS CLI version 2 finds the token in the file', async () => {
    const { token } = await signIn()
    await cache().write('corp', token)
    writeConfig()
    // Its own copy of botocore, which reads no endpoint from the environment: what can be seen is what it loads.
    const script =
      `import json, sys\nsys.path.insert(0, "${dirname(dirname(CLI_V2))}")\n` +
      'from awscli.botocore import session, tokens\n' +
      's = session.Session(profile="dev")\n' +
      't = tokens.SSOTokenProvider(s).load_token().get_frozen_token()\n' +
      'print(json.dumps([t.token, t.expiration.isoformat()]))\n'
    const { stdout } = await run('/usr/bin/python3', ['-I', '-c', script], { env: toolEnv() })
    const written = JSON.parse(readFileSync(cache().fileOf('corp'), 'utf8'))
    const [loaded, expiration] = JSON.parse(stdout)
    expect(loaded).toBe(token.accessToken)
    expect(Date.parse(expiration)).toBe(Date.parse(written.expiresAt))
  })
})
