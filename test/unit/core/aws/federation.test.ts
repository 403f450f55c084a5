import { afterEach, describe, expect, it } from 'vitest'
import { federationEndpoint } from '#core/aws/federation.ts'
import { requestSignInLink, type SignInLinkOptions } from '#core/aws/index.ts'
import { type StubReply, type StubServer, startStub } from './stub-server.ts'

const credentials = {
  accessKeyId: 'ASIAPLANTED',
  secretAccessKey: 'planted/secret+key',
  sessionToken: 'planted/token==',
  expiration: new Date('2030-01-02T03:04:05Z'),
  accountId: '123456789012',
  roleArn: 'arn:aws:iam::123456789012:role/ReadOnly',
  assumedRoleArn: 'arn:aws:sts::123456789012:assumed-role/ReadOnly/dana',
  region: 'eu-west-1',
}

const open: StubServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((stub) => stub.close()))
})

async function stubbed(answer: (index: number) => StubReply) {
  const stub = await startStub((_request, index) => answer(index))
  open.push(stub)
  const link = (options: Partial<SignInLinkOptions> = {}) =>
    requestSignInLink({ env: { AWS_ENDPOINT_URL_SIGNIN: stub.endpoint }, credentials, partition: 'aws', ...options })
  return { stub, link }
}

const token = (value = 'tok+en/=') => ({ body: JSON.stringify({ SigninToken: value }) })

function expectNoSecret(error: unknown) {
  const text = `${JSON.stringify(error)}${String((error as Error).stack)}${String((error as Error).cause)}`
  for (const secret of [credentials.secretAccessKey, credentials.sessionToken]) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(encodeURIComponent(secret))
  }
}

describe('requestSignInLink', () => {
  it('asks for a token and builds the login link', async () => {
    const { stub, link } = await stubbed(() => token())
    expect(await link({ destination: 's3' })).toBe(
      `${stub.endpoint}/federation?Action=login&Issuer=hallpass` +
        '&Destination=https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fs3%2Fhome%3Fregion%3Deu-west-1&SigninToken=tok%2Ben%2F%3D',
    )
    const [request] = stub.requests
    expect(request?.method).toBe('GET')
    expect(request?.url.pathname).toBe('/federation')
    expect([...(request?.url.searchParams.keys() ?? [])]).toEqual(['Action', 'Session'])
    expect(request?.url.searchParams.get('Action')).toBe('getSigninToken')
    expect(JSON.parse(request?.url.searchParams.get('Session') ?? '')).toEqual({
      sessionId: credentials.accessKeyId,
      sessionKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
    })
  })

  it('sends the duration where given, and asks again without it after a 400', async () => {
    const { stub, link } = await stubbed((index) =>
      index === 0 ? { status: 400, body: 'Invalid credentials parameter' } : token(),
    )
    expect(await link({ sessionDurationSeconds: 3600 })).toContain('SigninToken=')
    expect(stub.requests.map(({ url }) => url.searchParams.get('SessionDuration'))).toEqual(['3600', null])
  })

  it('does not ask again when no duration was sent', async () => {
    const { stub, link } = await stubbed(() => ({
      status: 400,
      body: `echo ${credentials.secretAccessKey} ${encodeURIComponent(credentials.sessionToken)}`,
    }))
    const error = await link().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'console.refused', details: 'HTTP 400: echo •••• ••••' })
    expectNoSecret(error)
    expect(stub.requests).toHaveLength(1)
  })

  it('follows no redirect', async () => {
    const elsewhere = await startStub(() => token())
    open.push(elsewhere)
    const { link } = await stubbed(() => ({ status: 302, headers: { location: `${elsewhere.endpoint}/federation` } }))
    await expect(link()).rejects.toMatchObject({ code: 'aws.unavailable' })
    expect(elsewhere.requests).toHaveLength(0)
  })

  it.each([
    ['a web page', { body: '<html>sign in to the network</html>' }],
    ['JSON without a token', { body: '{"SigninToken": 5}' }],
    ['a token cut off by the size limit', token('x'.repeat(70_000))],
    ['a failure of its own', { status: 503 }],
  ])('takes %s for no answer', async (_case, reply) => {
    const { link } = await stubbed(() => reply)
    await expect(link()).rejects.toMatchObject({ code: 'aws.unavailable' })
  })

  it('explains a dead endpoint without naming what was sent', async () => {
    const { stub, link } = await stubbed(() => token())
    await stub.close()
    const error = await link().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'network.unreachable',
      hint: expect.stringContaining('AWS_ENDPOINT_URL_SIGNIN'),
    })
    expectNoSecret(error)
  })

  it('keeps sessions of AWS away from a look-alike that is meant for other services', () => {
    const env = { AWS_ENDPOINT_URL_STS: 'https://sts.eu-west-1.amazonaws.com', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }
    expect(federationEndpoint(env, 'aws').url).toBe('https://us-east-1.signin.aws.amazon.com/federation')
    const explicit = { ...env, AWS_ENDPOINT_URL_SIGNIN: 'http://127.0.0.1:9' }
    expect(federationEndpoint(explicit, 'aws').url).toBe('http://127.0.0.1:9/federation')
  })

  it('sends no session of AWS over the network in the clear', async () => {
    const env = { AWS_ENDPOINT_URL_SIGNIN: 'http://signin.example.com' }
    const error = await requestSignInLink({ env, credentials, partition: 'aws' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'usage.invalid', message: expect.stringContaining('AWS_ENDPOINT_URL_SIGNIN') })
    expectNoSecret(error)
  })

  it('takes AWS_ENDPOINT_URL for both steps', async () => {
    const { stub, link } = await stubbed(() => token())
    expect(await link({ env: { AWS_ENDPOINT_URL: stub.endpoint } })).toContain(
      `${stub.endpoint}/federation?Action=login`,
    )
    expect(stub.requests).toHaveLength(1)
  })

  it('sends sessions of a look-alike to no real sign-in page', async () => {
    const { link } = await stubbed(() => token())
    await expect(link({ env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' } })).rejects.toMatchObject({
      code: 'usage.invalid',
      hint: 'Set AWS_ENDPOINT_URL_SIGNIN as well.',
    })
  })

  it('refuses what can’t sign in, before any call', async () => {
    const { stub, link } = await stubbed(() => token())
    await expect(link({ partition: 'aws-iso' })).rejects.toMatchObject({ code: 'console.not-supported' })
    await expect(link({ destination: 'https://evil.example/' })).rejects.toMatchObject({ code: 'input.invalid' })
    expect(stub.requests).toHaveLength(0)
  })
})
