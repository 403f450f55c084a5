/** The practice account over plain HTTP: sign-in endpoint, controls, seed, and requests nobody should send. */
import { connect } from 'node:net'
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type PracticeAccount,
  type PracticeRole,
  type PracticeUser,
  startPracticeAccount,
} from '#core/practice/practice-account.ts'
import { isHallpassError } from '#shared/errors.ts'
import { type StsCredentials, stsClient } from '../unit/core/practice/clients.ts'

let practice: PracticeAccount
let dana: PracticeUser

beforeAll(async () => {
  practice = await startPracticeAccount()
  dana = practice.user('dana.whitfield')
})
afterAll(() => practice.close())

const assume = async (who: PracticeUser | StsCredentials, roleName = 'ReadOnly'): Promise<StsCredentials> => {
  const RoleArn = `arn:aws:iam::123456789012:role/${roleName}`
  const answer = await stsClient(practice, who).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'dana' }))
  return answer.Credentials ?? {}
}

describe('sign-in', () => {
  const federation = (parameters: Record<string, string>) =>
    fetch(`${practice.endpoint}/federation?${new URLSearchParams(parameters)}`)

  const getToken = (keys: StsCredentials, more: Record<string, string> = {}) => {
    const { AccessKeyId: sessionId, SecretAccessKey: sessionKey, SessionToken: sessionToken = '' } = keys
    const Session = JSON.stringify({ sessionId, sessionKey, sessionToken })
    return federation({ Action: 'getSigninToken', Session, ...more })
  }

  const login = (
    SigninToken: string,
    Destination = 'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#x',
  ) => federation({ Action: 'login', Issuer: 'https://hallpass.example', Destination, SigninToken })

  test('a role session gets in, and the page says as whom and where to', async () => {
    const reply = await getToken(await assume(dana), { SessionDuration: '43200' })
    const { SigninToken } = (await reply.json()) as { SigninToken: string }
    const page = await login(SigninToken)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    const html = await page.text()
    expect(html).toContain('You are signed in to the practice account as ReadOnly')
    expect(html).toContain('acme-prod (123456789012)')
    expect(html).toContain('https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#x')
  })

  test('the token works for 15 minutes and for console pages of its partition only', async () => {
    const { SigninToken } = (await (await getToken(await assume(dana))).json()) as { SigninToken: string }
    for (const elsewhere of [
      'https://example.com/',
      'https://console.aws.amazon.com.example.com/',
      'https://console.amazonaws.cn/',
      'javascript:0',
      '',
    ])
      expect((await login(SigninToken, elsewhere)).status).toBe(400)
    expect((await login(`${SigninToken}x`)).status).toBe(400)
    practice.control.apply({ clockSkewSeconds: 15 * 60 - 5 })
    expect((await login(SigninToken)).status).toBe(200)
    practice.control.apply({ clockSkewSeconds: 15 * 60 + 1 })
    expect((await login(SigninToken)).status).toBe(400)
    practice.control.apply({ clockSkewSeconds: 0 })
  })

  test('long-term keys and GetSessionToken sessions are refused', async () => {
    const { Credentials = {} } = await stsClient(practice, dana).send(new GetSessionTokenCommand({}))
    for (const keys of [Credentials, { AccessKeyId: dana.accessKeyId, SecretAccessKey: dana.secretAccessKey }]) {
      const reply = await getToken(keys)
      expect(reply.status).toBe(400)
      expect(await reply.text()).toContain(
        'Only federation tokens or assume role tokens may be used for federated login',
      )
    }
  })

  test('chained credentials may not name a duration', async () => {
    const { Credentials = {} } = await stsClient(practice, dana).send(new GetSessionTokenCommand({}))
    const chained = await assume(Credentials)
    const refused = await getToken(chained, { SessionDuration: '3600' })
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('Invalid credentials parameter'),
    ])
    expect((await getToken(chained)).status).toBe(200)
  })

  test.each(['899', '43201', 'x', ''])('duration %j is refused', async (SessionDuration) => {
    expect((await getToken(await assume(dana), { SessionDuration })).status).toBe(400)
  })

  test('wrong, unknown and expired credentials are refused', async () => {
    const session = await assume(dana)
    for (const wrong of [
      { ...session, AccessKeyId: 'ASIAIOSFODNN7PRACTIC' },
      { ...session, SecretAccessKey: 'x' },
      { ...session, SessionToken: 'x' },
    ])
      expect((await getToken(wrong)).status).toBe(400)
    practice.control.apply({ expireSession: session.AccessKeyId })
    expect((await getToken(session)).status).toBe(400)
    for (const Session of ['', 'x', '[]', 'null', '{"sessionId":1}'])
      expect((await federation({ Action: 'getSigninToken', Session })).status).toBe(400)
  })

  test('only GET, and only known actions', async () => {
    expect((await fetch(`${practice.endpoint}/federation`, { method: 'POST' })).status).toBe(405)
    expect((await federation({ Action: 'other' })).status).toBe(400)
  })

  test('switch role shows what was filled in, escaped', async () => {
    const show = async (query: string) => (await fetch(`${practice.endpoint}/switchrole?${query}`)).text()
    const filled = await show('account=234567890123&roleName=ops%2FDeploy&displayName=%3Cb%3E%20ops&color=F2B0A9')
    expect(filled).toContain('filled in for Deploy in acme-staging')
    expect(filled).toContain('&#60;b&#62; ops')
    expect(filled).not.toContain('<b>')
    expect(await show('account=234567890123&roleName=Deploy')).toContain('has no such role')
    expect(await show(`account=234567890123&roleName=${'x'.repeat(65)}`)).toContain('The console refuses this role')
  })
})

describe('controls', () => {
  const control = (path: string, body?: string, token = practice.controlToken) =>
    fetch(`${practice.endpoint}/_practice/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: body ?? null,
    })

  test('work from another process', async () => {
    const reply = await control('control', JSON.stringify({ latencyMs: 1, clearCalls: true }))
    expect(await reply.json()).toMatchObject({ latencyMs: 1, throttleNext: 0 })
    await stsClient(practice, dana).send(new GetCallerIdentityCommand({}))
    expect(await (await control('calls')).json()).toMatchObject({
      calls: [{ action: 'GetCallerIdentity', status: 200 }],
    })
    await control('control', '{"latencyMs":0}')
    expect(await (await control('control')).json()).toEqual(practice.control.state())
  })

  test('need the token', async () => {
    for (const token of ['', 'x', practice.controlToken.slice(1)])
      expect((await control('control', '{"throttleNext":9}', token)).status).toBe(401)
    expect((await fetch(`${practice.endpoint}/_practice/calls`)).status).toBe(401)
    expect(practice.control.state().throttleNext).toBe(0)
  })

  test.each([
    '{',
    'null',
    '[]',
    '{"unknown":1}',
    '{"throttleNext":-1}',
    '{"disabledRegions":["us-east-1"]}',
    '{"deactivateKey":"AKIANOBODY","throttleNext":3}',
    '{"identityCenter":{"unknown":1},"throttleNext":3}',
    '{"identityCenter":{"failPercent":101},"throttleNext":3}',
    '{"identityCenter":{"allowDevice":"NONE-SUCH","tooManyNext":3},"throttleNext":3}',
  ])('refuse %s whole', async (command) => {
    expect((await control('control', command)).status).toBe(400)
    expect(practice.control.state()).toMatchObject({
      throttleNext: 0,
      disabledRegions: [],
      identityCenter: { tooManyNext: 0, failPercent: 0 },
    })
  })
})

describe('the server', () => {
  /** Sends bytes as they are; resolves with the status line, `''` when the connection was dropped. */
  const sendRaw = (text: string | Uint8Array) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(practice.endpoint).port), '127.0.0.1')
      let reply = ''
      socket.on('data', (data) => {
        reply += data
      })
      socket.on('error', () => resolve(''))
      socket.on('close', () => resolve(reply.split('\r\n')[0] ?? ''))
      socket.end(text)
    })

  test('answers to names of this machine only', async () => {
    const ask = (host: string) => sendRaw(`GET /switchrole HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)
    expect(await ask('Host: localhost:80\r\n')).toBe('HTTP/1.1 200 OK')
    expect(await ask('Host: 127.0.0.1\r\n')).toBe('HTTP/1.1 200 OK')
    for (const host of ['attacker.example', 'localhost.attacker.example', '127.0.0.1.nip.io', ''])
      expect(await ask(`Host: ${host}\r\n`)).toBe('HTTP/1.1 403 Forbidden')
    expect(await sendRaw('GET /switchrole HTTP/1.0\r\n\r\n')).toBe('HTTP/1.1 403 Forbidden')
  })

  test('has nothing elsewhere, and no room for huge bodies', async () => {
    expect((await fetch(`${practice.endpoint}/other`)).status).toBe(404)
    expect((await fetch(practice.endpoint, { method: 'POST', body: 'x'.repeat(300 * 1024) })).status).toBe(413)
  })

  test('knows STS actions by name and version', async () => {
    const ask = async (query: string) => (await fetch(`${practice.endpoint}/?${query}`)).text()
    expect(await ask('')).toContain('<Code>MissingAction</Code>')
    expect(await ask('Action=AssumeRole')).toContain('for version NO_VERSION_SPECIFIED')
    expect(await ask('Action=__proto__&Version=2011-06-15')).toContain('<Code>InvalidAction</Code>')
  })

  test('outlives anything', async () => {
    const header = fc.record({
      name: fc.stringMatching(/^[a-z-]{1,12}$/),
      value: fc.stringMatching(/^[\x20-\x7e]{0,30}$/),
    })
    const form = fc.dictionary(
      fc.constantFrom('Action', 'Version', 'RoleArn', 'Tags.member.1.Key', 'Session', 'SigninToken'),
      fc.string(),
    )
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'NONE'),
      path: fc.constantFrom(
        '/',
        '/federation',
        '/switchrole',
        '/_practice/control',
        '/token',
        '/authorize',
        '/device',
        '/assignment/accounts',
        '//',
        '/%',
        '*',
      ),
      headers: fc.array(header, { maxLength: 3 }),
      form,
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, headers, form }) => {
        const body = new URLSearchParams(form).toString()
        const lines = headers.map(({ name, value }) => `${name}: ${value}\r\n`).join('')
        const head = `${method} ${path}?${body} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${lines}`
        const status = await sendRaw(`${head}Content-Length: ${body.length}\r\n\r\n${body}`)
        expect(status).not.toMatch(/ 5\d\d /)
      }),
      { numRuns: 150 },
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await sendRaw(bytes)).not.toMatch(/ 5\d\d /)
      }),
      { numRuns: 50 },
    )
    await stsClient(practice, dana).send(new GetCallerIdentityCommand({}))
  })

  test('closes at once, though a slow answer is pending', async () => {
    const other = await startPracticeAccount()
    other.control.apply({ latencyMs: 60_000 })
    const pending = stsClient(other, other.user('deploy-bot')).send(new GetCallerIdentityCommand({}))
    const settled = expect(pending).rejects.toThrow()
    await expect.poll(() => other.calls().length).toBe(1)
    await other.close()
    await settled
  })

  test('says when its port is taken', async () => {
    const port = Number(new URL(practice.endpoint).port)
    const error = await startPracticeAccount({ port }).catch((reason: unknown) => reason)
    expect(isHallpassError(error, 'practice.port-in-use')).toBe(true)
  })
})

describe('the seed', () => {
  test('describes itself as JSON that has all a person needs', () => {
    const described = JSON.parse(JSON.stringify(practice.describe()))
    expect(described.users.map((user: PracticeUser) => user.name)).toEqual(['dana.whitfield', 'deploy-bot'])
    expect(described.environment).toEqual({
      AWS_ENDPOINT_URL_STS: practice.endpoint,
      AWS_ENDPOINT_URL_IAM: practice.endpoint,
      AWS_ENDPOINT_URL_SIGNIN: practice.endpoint,
      AWS_ENDPOINT_URL_SSO: practice.endpoint,
      AWS_ENDPOINT_URL_SSO_OIDC: practice.endpoint,
    })
    expect(described.identityCenter).toMatchObject({
      startUrl: 'https://d-9367a4c1f2.awsapps.com/start',
      region: 'eu-west-1',
      userName: 'dana.whitfield',
    })
    expect(described.identityCenter.accounts).toContainEqual({
      accountId: '123456789012',
      accountName: 'acme-prod',
      emailAddress: 'acme-prod@acme.example',
      roleNames: ['ReadOnlyAccess', 'PowerUserAccess'],
    })
    expect(described.roles.map(({ name }: PracticeRole) => name).join()).not.toContain('AWSReservedSSO')
    expect(described.roles).toContainEqual({
      arn: 'arn:aws:iam::456789012345:role/DataEngineer',
      name: 'DataEngineer',
      accountId: '456789012345',
      accountName: 'acme-data',
      environment: 'other',
      externalId: 'acme-ops-2291',
      requiresMfa: false,
      maxDurationSeconds: 28_800,
      trusts: ['arn:aws:iam::987654321098:root'],
    })
  })

  test('gives new secrets at each start, the same ones for the same seed', async () => {
    const secretsOf = async (options: { seed?: string }) => {
      const started = await startPracticeAccount(options)
      await started.close()
      return started.users.flatMap(({ accessKeyId, secretAccessKey, totpSeed }) => [
        accessKeyId,
        secretAccessKey,
        totpSeed,
      ])
    }
    expect(await secretsOf({ seed: 'demo' })).toEqual(await secretsOf({ seed: 'demo' }))
    expect(await secretsOf({})).not.toEqual(await secretsOf({}))
  })
})
