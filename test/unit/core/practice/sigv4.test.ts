import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#core/practice/refusal.ts'
import { computeSignature, readAuthorization, type SignedRequest } from '#core/practice/sigv4.ts'

class Sha256 {
  readonly #hash
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from(secret as Uint8Array))
  }
  update(data: Uint8Array | string) {
    this.#hash.update(data)
  }
  digest() {
    return Promise.resolve(new Uint8Array(this.#hash.digest()))
  }
  reset() {}
}

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYPRACTICEKEY'
const ACCESS_KEY = 'AKIAPRACTICE00000000'

async function sign(input: {
  method: string
  path: string
  query: Record<string, string | string[]>
  headers: Record<string, string>
  body: string
  service: string
  region: string
  at: Date
}): Promise<SignedRequest> {
  const signer = new SignatureV4({
    credentials: { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET },
    region: input.region,
    service: input.service,
    sha256: Sha256,
    applyChecksum: false,
  })
  const signed = await signer.sign(
    {
      method: input.method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: input.path,
      query: input.query,
      headers: { host: '127.0.0.1:4599', ...input.headers },
      body: input.body,
    },
    { signingDate: input.at },
  )
  const query = Object.entries(input.query)
    .flatMap(([name, values]) => [values].flat().map((value) => `${percentEncode(name)}=${percentEncode(value)}`))
    .join('&')
  return {
    method: input.method,
    target: input.path + (query ? `?${query}` : ''),
    headers: Object.entries(signed.headers),
    body: Buffer.from(input.body),
  }
}

function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) => value.toWellFormed())
const headerText = fc.oneof(fc.stringMatching(/^[\x20-\x7e]{0,20}$/), fc.stringMatching(/^ {0,2}a {1,3}b {0,2}$/))
const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  path: fc
    .array(fc.stringMatching(/^[A-Za-z0-9._~%:@!$'()*+,;=-]{0,8}$/), { maxLength: 4 })
    .map((p) => `/${p.join('/')}`),
  query: fc.dictionary(
    text.filter((name) => name !== '' && name !== '__proto__' && name.toLowerCase() !== 'x-amz-signature'),
    fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
  ),
  headers: fc.dictionary(
    fc.constantFrom('x-amz-meta-a', 'x-amz-security-token', 'content-type', 'x-custom'),
    headerText,
  ),
  body: text,
  service: fc.constantFrom('sts', 'iam', 'signin'),
  region: fc.constantFrom('us-east-1', 'eu-west-1', 'cn-north-1'),
  at: fc.date({ min: new Date('2001-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
})

describe('signatures', () => {
  test('are the ones the JS SDK signer makes', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (input) => {
        const request = await sign(input)
        const authorization = readAuthorization(request)
        expect(authorization.accessKeyId).toBe(ACCESS_KEY)
        expect(authorization.region).toBe(input.region)
        expect(authorization.signedAt).toBe(Math.floor(input.at.getTime() / 1000) * 1000)
        expect(computeSignature(request, authorization, SECRET)).toBe(authorization.signature)
      }),
      { numRuns: 300 },
    )
  })

  test('change with every part that is signed', async () => {
    const request = await sign({
      method: 'POST',
      path: '/',
      query: { a: '1' },
      headers: { 'x-amz-security-token': 'token' },
      body: 'Action=GetCallerIdentity',
      service: 'sts',
      region: 'us-east-1',
      at: new Date(),
    })
    const authorization = readAuthorization(request)
    const changed: SignedRequest[] = [
      { ...request, method: 'GET' },
      { ...request, target: '/?a=2' },
      { ...request, target: '/b?a=1' },
      { ...request, body: Buffer.from('Action=AssumeRole') },
      { ...request, headers: [...request.headers, ['X-Amz-Security-Token', 'second']] },
      { ...request, headers: request.headers.map(([k, v]) => [k, k === 'host' ? 'other:1' : v] as const) },
    ]
    for (const other of changed)
      expect(computeSignature(other, authorization, SECRET)).not.toBe(authorization.signature)
    expect(computeSignature(request, authorization, `${SECRET}x`)).not.toBe(authorization.signature)
    expect(computeSignature(request, authorization, SECRET)).toBe(authorization.signature)
  })
})

describe('Authorization headers', () => {
  const at = '20261124T144203Z'
  const read = (authorization: string | undefined, date: string | undefined = at) =>
    readAuthorization({
      method: 'POST',
      target: '/',
      headers: [
        ['Host', '127.0.0.1'],
        ...(date === undefined ? [] : [['X-Amz-Date', date] as const]),
        ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
      ],
      body: new Uint8Array(),
    })
  const good = 'AWS4-HMAC-SHA256 Credential=AKIA/20261124/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=abc'

  test('are read with or without blanks between their parts', () => {
    expect(read(good)).toMatchObject({ accessKeyId: 'AKIA', service: 'sts', signature: 'abc', timestamp: at })
    expect(read(good.replaceAll(', ', ','))).toEqual(read(good))
  })

  test.each([
    [undefined, 'MissingAuthenticationToken', 403],
    ['Bearer abc', 'MissingAuthenticationToken', 403],
    ['AWS4-ECDSA-P256-SHA256 Credential=a', 'IncompleteSignature', 400],
    ['AWS4-HMAC-SHA256', 'IncompleteSignature', 400],
    [good.replace('Signature=abc', 'Signature'), 'IncompleteSignature', 400],
    [good.replace(', Signature=abc', ''), 'IncompleteSignature', 400],
    [good.replace('/sts', ''), 'IncompleteSignature', 400],
    [good.replace('aws4_request', 'aws2_request'), 'SignatureDoesNotMatch', 403],
    [good.replace('20261124', '20261123'), 'SignatureDoesNotMatch', 403],
    [good.replace('=host', '=x-amz-date'), 'SignatureDoesNotMatch', 403],
  ])('%s is refused with %s', (header, code, status) => {
    expect(() => read(header)).toThrow(expect.objectContaining({ code, status }))
  })

  test('never echo the header', () => {
    expect(() => read(good.replace(', Signature=abc', ''))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('Credential=AKIA') }),
    )
  })

  test.each(['', 'now', '20261324T000000Z', '2026-11-24T14:42:03Z'])('date %j is no date', (date) => {
    expect(() => read(good, date)).toThrow(expect.objectContaining({ code: 'IncompleteSignature' }))
  })

  test('an RFC 1123 Date header does as well as X-Amz-Date', () => {
    const request = (date: string): SignedRequest => ({
      method: 'POST',
      target: '/',
      headers: [
        ['Host', 'h'],
        ['Date', date],
        ['Authorization', good],
      ],
      body: new Uint8Array(),
    })
    expect(readAuthorization(request('Tue, 24 Nov 2026 14:42:03 GMT')).timestamp).toBe(at)
    expect(() => readAuthorization(request('+275760-09-13T00:00:00Z'))).toThrow(Refusal)
  })

  test('of any shape are read or refused, and so is any request', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'AWS4-HMAC-SHA256 ',
        'Credential=',
        'SignedHeaders=',
        'Signature=',
        ',',
        '/',
        ';',
        '=',
        'aws4_request',
        'host',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    const header = fc.array(piece, { maxLength: 14 }).map((pieces) => `AWS4-HMAC-SHA256 ${pieces.join('')}`)
    const anyHeader = fc.oneof(header, fc.string({ unit: 'binary' }), fc.constant(good))
    fc.assert(
      fc.property(
        anyHeader,
        fc.oneof(fc.constant(at), fc.string()),
        fc.string(),
        fc.uint8Array(),
        (auth, date, target, body) => {
          const request: SignedRequest = {
            method: 'POST',
            target,
            headers: [
              ['x-amz-date', date],
              ['authorization', auth],
              ['host', 'h'],
            ],
            body,
          }
          try {
            const authorization = readAuthorization(request)
            expect(computeSignature(request, authorization, 'secret')).toMatch(/^[0-9a-f]{64}$/)
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
