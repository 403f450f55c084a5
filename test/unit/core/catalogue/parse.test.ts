/** Reading catalogues: what one is, and what is refused, always with the place and never with the content. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuseSecretValues } from '#core/catalogue/no-secrets.ts'
import { LARGEST_CATALOGUE, parseCatalogue } from '#core/catalogue/parse.ts'
import { HallpassError } from '#shared/errors.ts'

const parse = (text: string) => parseCatalogue(Buffer.from(text))
const ROLE = { name: 'prod', arn: 'arn:aws:iam::123456789012:role/Prod' }
const SECRET = 'abcdEFGH0123/abcdEFGH0123+abcdEFGH012345'

describe('a catalogue', () => {
  it('in YAML and in JSON is the same', async () => {
    const yaml = `# roles of acme
hallpassCatalogue: 1
name: acme
accounts:
  - { id: "123456789012", name: Production, environment: prod }
identityCenters:
  - { name: acme, startUrl: https://acme.awsapps.com/start, region: eu-west-1 }
defaults: &d
`
    await expect(parse(yaml)).rejects.toMatchObject({ code: 'catalogue.invalid' })
    const good = `${yaml.replace('defaults: &d\n', '')}roles:
  - name: prod
    arn: arn:aws:iam::123456789012:role/Prod
    region: &r eu-west-1
    durationSeconds: 3600
    tags: [{ key: team, value: ops }]
  - { name: deep, arn: "arn:aws:iam::123456789012:role/path/Deep", from: prod, region: *r }
`
    const read = await parse(good)
    expect(read.roles[0]).toEqual({
      ...ROLE,
      region: 'eu-west-1',
      durationSeconds: 3600,
      tags: [{ key: 'team', value: 'ops' }],
      mfa: false,
    })
    expect(read.roles[1]).toMatchObject({ from: 'prod', region: 'eu-west-1' })
    expect(await parse(JSON.stringify(read))).toEqual(read)
  })

  it.each([
    ['no JSON', '{"hallpassCatalogue": 1,', 'catalogue.invalid', /JSON/],
    ['no YAML', 'a: [1\nb: 2', 'catalogue.invalid', /line/],
    ['another thing', 'hello: world', 'catalogue.invalid', /hallpassCatalogue|member/],
    ['of a later version', 'hallpassCatalogue: 2\nroles: []', 'catalogue.invalid', /hallpassCatalogue: 1/],
    [
      'with members nobody knows',
      `hallpassCatalogue: 1\nroles: [{ name: a, arn: "${ROLE.arn}", password: x }]`,
      'catalogue.invalid',
      /roles, 1.*password/,
    ],
    [
      'with a role twice',
      JSON.stringify({ hallpassCatalogue: 1, roles: [ROLE, { ...ROLE, name: 'PROD' }] }),
      'catalogue.invalid',
      /PROD/,
    ],
    [
      'with a wrong value',
      JSON.stringify({ hallpassCatalogue: 1, roles: [{ ...ROLE, arn: 'x' }] }),
      'catalogue.invalid',
      /roles, 1, arn/,
    ],
    [
      'with an http address',
      JSON.stringify({
        hallpassCatalogue: 1,
        identityCenters: [{ name: 'a', startUrl: 'http://x', region: 'eu-west-1' }],
      }),
      'catalogue.invalid',
      /startUrl/,
    ],
    ['with a tag nobody knows', 'hallpassCatalogue: 1\nname: !!js/function "x"', 'catalogue.invalid', /line 2/],
  ])('%s is refused with its place', async (_what, text, code, message) => {
    await expect(parse(text)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  it('that is too large, or no text, is refused', async () => {
    await expect(parseCatalogue(Buffer.alloc(LARGEST_CATALOGUE + 1, 32))).rejects.toMatchObject({
      code: 'file.too-large',
    })
    await expect(parseCatalogue(Buffer.from([0xff, 0xfe, 0x00]))).rejects.toMatchObject({ code: 'catalogue.invalid' })
  })

  it('that refers to itself without end is refused at once', async () => {
    const bomb = ['hallpassCatalogue: 1', 'a: &a [x, x, x, x, x, x, x, x, x]']
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => pair.split('')))
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`)
    await expect(parse(bomb.join('\n'))).rejects.toMatchObject({ code: 'catalogue.invalid' })
    await expect(
      parse(`{"hallpassCatalogue":1,"roles":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
    ).rejects.toMatchObject({
      code: 'catalogue.invalid',
    })
    await expect(parse(`hallpassCatalogue: 1\nroles: ${'['.repeat(20_000)}`)).rejects.toMatchObject({
      code: 'catalogue.invalid',
    })
  })
})

describe('secrets', () => {
  const inside = (value: unknown) =>
    JSON.stringify({ hallpassCatalogue: 1, roles: [{ ...ROLE, ...(value as object) }] }, null, 1)
  it.each([
    ['an access key id', inside({ externalId: 'AKIAQ6VEXAMPLEKEY001' })],
    ['a secret access key', inside({ tags: [{ key: 'k', value: SECRET }] })],
    ['a session token', inside({ sessionName: `IQoJb3JpZ2luX2VjE${'A'.repeat(40)}` })],
    ['a private key', `hallpassCatalogue: 1\n# -----BEGIN RSA PRIVATE KEY-----`],
    ['a secret of an AWS file', 'hallpassCatalogue: 1\n# aws_secret_access_key = x'],
    ['a TOTP seed', 'hallpassCatalogue: 1\nname: x # otpauth://totp/x'],
    ['a secret access key', `hallpassCatalogue: 1\n# ${SECRET}`],
    ['an access key id', '{"hallpassCatalogue":1,"name":"\\u0041KIAQ6VEXAMPLEKEY001"}'],
  ])('%s is found, and said where', async (what, text) => {
    const failure = parse(text)
    await expect(failure).rejects.toMatchObject({ code: 'catalogue.secret', message: expect.stringContaining(what) })
    await expect(failure).rejects.toMatchObject({ message: expect.stringMatching(/line \d|name/) })
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringMatching(/AKIA|abcdEFGH|IQoJ/) })
  })

  it('ARNs and ordinary texts are none', () => {
    const arn = `arn:aws:iam::123456789012:role/${'Ab1'.repeat(11)}xy`
    expect(() =>
      refuseSecretValues({ arn, sha: 'da39a3ee5e6b4b0d3255bfef95601890afd80709', text: 'AKIA is a prefix' }),
    ).not.toThrow()
  })
})

it('whatever comes, is read or refused with a code', async () => {
  const json = fc.json().map((text) => `{"hallpassCatalogue":1,"roles":[${text}]}`)
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json(), json, fc.uint8Array()), async (content) => {
      try {
        await parseCatalogue(typeof content === 'string' ? Buffer.from(content) : content)
      } catch (error) {
        if (!(error instanceof HallpassError)) throw error
        expect(error.code).toMatch(/^catalogue\./)
      }
    }),
    { numRuns: 400 },
  )
})

describe('a text made to hold the program up', () => {
  it.each([
    ['nested without end', `a: ${'['.repeat(4_000_000)}`],
    ['one key a hundred thousand times', 'k: 1\n'.repeat(800_000)],
    ['wrong in every line', `a: x\n${'}\n'.repeat(2_000_000)}`],
  ])(
    'is given up: %s',
    async (_, text) => {
      const begun = performance.now()
      await expect(parseCatalogue(Buffer.from(text), 500)).rejects.toMatchObject({
        code: 'catalogue.invalid',
        message: expect.stringContaining('too long'),
      })
      expect(performance.now() - begun).toBeLessThan(15_000)
    },
    60_000,
  )

  it('says so as usual when it is merely wrong', async () => {
    await expect(parse('a: b: c: d')).rejects.toMatchObject({ message: expect.stringContaining('no YAML in line 1') })
  })
})
