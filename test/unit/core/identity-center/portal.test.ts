import { afterEach, describe, expect, it } from 'vitest'
import { createPortal, type PortalCalls } from '#core/identity-center/index.ts'
import type { ErrorCode, HallpassError } from '#shared/errors.ts'
import { type StubReply, type StubServer, startStub } from '../aws/stub-server.ts'
import { INSTANCE } from './records.ts'

let stub: StubServer
let portal: PortalCalls
afterEach(async () => {
  portal.close()
  await stub.close()
})

const ACCESS = { accessToken: 'planted-access-token', region: 'eu-west-1', startUrl: INSTANCE.startUrl }

async function answer(...replies: (StubReply | object)[]) {
  stub = await startStub((_request, index) => {
    const reply = replies[Math.min(index, replies.length - 1)] ?? {}
    if ('status' in reply || 'headers' in reply) return reply as StubReply
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(reply) }
  })
  portal = createPortal({ AWS_ENDPOINT_URL_SSO: stub.endpoint, AWS_MAX_ATTEMPTS: '9' })
}

const failure = (status: number, name: string, message = 'no reason given') => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-ErrorType': name },
  body: JSON.stringify({ message }),
})
const FIRST = { nextToken: null }
const role = { accountId: '111122223333', roleName: 'Admin' }
const CREDENTIALS = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret/+', sessionToken: 'IQoJ==', expiration: 1 }

describe('listing', () => {
  it('asks for a page of a hundred with the token in its header', async () => {
    const account = { accountId: '111122223333', accountName: 'acme', emailAddress: 'a@acme.example' }
    await answer({ accountList: [account, { accountId: '444455556666' }], nextToken: 'n1' }, { accountList: [] })
    expect(await portal.listAccounts(ACCESS, FIRST)).toEqual({
      items: [account, { accountId: '444455556666', accountName: '', emailAddress: '' }],
      nextToken: 'n1',
    })
    expect(await portal.listAccounts(ACCESS, { nextToken: 'n1' })).toEqual({ items: [], nextToken: null })
    expect(stub.requests.map(({ url }) => [url.pathname, Object.fromEntries(url.searchParams)])).toEqual([
      ['/assignment/accounts', { max_result: '100' }],
      ['/assignment/accounts', { max_result: '100', next_token: 'n1' }],
    ])
    expect(stub.requests[0]?.headers['x-amz-sso_bearer_token']).toBe('planted-access-token')
    expect(stub.requests[0]?.headers.authorization).toBeUndefined()
  })

  it.each([
    ['acme\u001b[2J\n\u202eprod', 'acme[2Jprod'],
    [' \t ', ''],
    ['x'.repeat(500), 'x'.repeat(64)],
    [`${'x'.repeat(63)}😀`, 'x'.repeat(63)],
  ])('calls an account %j by one line that can be kept', async (accountName, expected) => {
    await answer({ accountList: [{ accountId: '111122223333', accountName, emailAddress: accountName }] })
    const { items } = await portal.listAccounts(ACCESS, FIRST)
    expect(items).toEqual([{ accountId: '111122223333', accountName: expected, emailAddress: expected }])
  })

  it('gives the roles of an account', async () => {
    await answer({ roleList: [{ roleName: 'Admin', accountId: role.accountId }], nextToken: '' })
    expect(await portal.listAccountRoles(ACCESS, role.accountId, FIRST)).toEqual({ items: ['Admin'], nextToken: null })
    expect(stub.requests[0]?.url.searchParams.get('account_id')).toBe('111122223333')
  })

  it.each([{}, { accountList: [{}] }, { accountList: [{ accountId: '../etc' }] }])(
    'does not take %j for accounts',
    async (reply) => {
      await answer(reply)
      await expect(portal.listAccounts(ACCESS, FIRST)).rejects.toMatchObject({ code: 'aws.unavailable' })
    },
  )

  it.each([{}, { roleList: [{}] }, { roleList: [{ roleName: 'a b' }] }, { roleList: [{ roleName: 'x'.repeat(65) }] }])(
    'does not take %j for roles',
    async (reply) => {
      await answer(reply)
      await expect(portal.listAccountRoles(ACCESS, role.accountId, FIRST)).rejects.toMatchObject({
        code: 'aws.unavailable',
      })
    },
  )
})

describe('credentials', () => {
  it('end at a time in milliseconds', async () => {
    await answer({ roleCredentials: { ...CREDENTIALS, expiration: Date.UTC(2026, 10, 26, 13) } })
    expect(await portal.getRoleCredentials(ACCESS, role)).toEqual({
      ...CREDENTIALS,
      expiration: new Date('2026-11-26T13:00:00Z'),
    })
    const query = Object.fromEntries(stub.requests[0]?.url.searchParams ?? [])
    expect(query).toEqual({ role_name: 'Admin', account_id: '111122223333' })
  })

  it.each([
    {},
    { roleCredentials: {} },
    { roleCredentials: { ...CREDENTIALS, sessionToken: '' } },
    { roleCredentials: { ...CREDENTIALS, expiration: undefined } },
    { roleCredentials: { ...CREDENTIALS, secretAccessKey: 'a\nb' } },
    { roleCredentials: { ...CREDENTIALS, sessionToken: '$(reboot)' } },
  ])('of %j are none', async (reply) => {
    await answer(reply)
    await expect(portal.getRoleCredentials(ACCESS, role)).rejects.toMatchObject({ code: 'aws.unavailable' })
  })
})

describe('refusals', () => {
  it.each<[number, string, ErrorCode]>([
    [401, 'UnauthorizedException', 'sso.sign-in-needed'],
    [403, 'ForbiddenException', 'sso.no-access'],
    [404, 'ResourceNotFoundException', 'sso.no-access'],
    [429, 'TooManyRequestsException', 'sso.throttled'],
    [400, 'InvalidRequestException', 'aws.refused'],
    [500, 'InternalServerException', 'aws.unavailable'],
    [503, '', 'aws.unavailable'],
  ])('%i %s is %s, after one request', async (status, name, code) => {
    await answer(failure(status, name, 'no: planted-access-token'))
    const problem: HallpassError = await portal.getRoleCredentials(ACCESS, role).catch((thrown) => thrown)
    expect(problem).toMatchObject({ code })
    expect(problem.hint).toBeTruthy()
    expect(JSON.stringify(problem.toReport())).not.toContain('planted-access-token')
    expect(stub.requests).toHaveLength(1)
  })

  it('a page instead of JSON is not AWS’s answer', async () => {
    await answer({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in to this hotel</html>' })
    await expect(portal.listAccounts(ACCESS, FIRST)).rejects.toMatchObject({ code: 'aws.unavailable' })
  })

  it('nobody there is a matter of the network', async () => {
    await answer({})
    await stub.close()
    await expect(portal.listAccounts(ACCESS, FIRST)).rejects.toMatchObject({ code: 'network.unreachable' })
  })
})

describe('signing out', () => {
  it('ends the token', async () => {
    await answer({})
    await portal.logout(ACCESS)
    expect(stub.requests).toMatchObject([{ method: 'POST' }])
    expect(stub.requests[0]?.url.pathname).toBe('/logout')
  })

  it('of what has ended is no failure', async () => {
    await answer(failure(401, 'UnauthorizedException'))
    await portal.logout(ACCESS)
    expect(stub.requests).toHaveLength(1)
  })
})

describe('the token', () => {
  it.each([301, 302, 303, 307, 308])('does not follow a redirect (%i) to another host', async (status) => {
    const elsewhere = await startStub(() => ({ body: '{"accountList":[]}' }))
    try {
      await answer({ status, headers: { location: `${elsewhere.endpoint}/assignment/accounts` } })
      await expect(portal.listAccounts(ACCESS, FIRST)).rejects.toMatchObject({ code: 'aws.unavailable' })
      await expect(portal.logout(ACCESS)).rejects.toMatchObject({ code: 'aws.unavailable' })
      expect(elsewhere.requests).toEqual([])
      expect(stub.requests).toHaveLength(2)
    } finally {
      await elsewhere.close()
    }
  })

  it('crosses no network in the clear', async () => {
    await answer({})
    const open = createPortal({ AWS_ENDPOINT_URL_SSO: 'http://portal.example' })
    await expect(open.listAccounts(ACCESS, FIRST)).rejects.toMatchObject({ code: 'usage.invalid' })
  })
})

it('a call that is under way can be cancelled', async () => {
  const abort = new AbortController()
  stub = await startStub(() => {
    abort.abort()
    return undefined
  })
  portal = createPortal({ AWS_ENDPOINT_URL_SSO: stub.endpoint })
  await expect(portal.listAccounts(ACCESS, { ...FIRST, signal: abort.signal })).rejects.toMatchObject({
    code: 'cancelled',
  })
})
