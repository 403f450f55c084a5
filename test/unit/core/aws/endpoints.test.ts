import { describe, expect, it } from 'vitest'
import { identityCenterEndpoint } from '#core/aws/endpoints.ts'
import { describeOverride, endpointOverride, stsEndpoint } from '#core/aws/index.ts'

describe('endpointOverride', () => {
  it('prefers the variable of the service', () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:2/' }
    expect(endpointOverride(env, 'sts')).toEqual({
      url: 'http://127.0.0.1:2',
      host: '127.0.0.1:2',
      variable: 'AWS_ENDPOINT_URL_STS',
    })
    expect(endpointOverride(env, 'signin')?.variable).toBe('AWS_ENDPOINT_URL')
  })

  it.each([
    ['iam', 'AWS_ENDPOINT_URL_IAM'],
    ['sso', 'AWS_ENDPOINT_URL_SSO'],
    ['sso-oidc', 'AWS_ENDPOINT_URL_SSO_OIDC'],
    ['signin', 'AWS_ENDPOINT_URL_SIGNIN'],
  ] as const)('%s reads %s', (service, variable) => {
    expect(endpointOverride({ [variable]: 'https://h.example/base' }, service)?.url).toBe('https://h.example/base')
    expect(endpointOverride({ [variable]: 'https://h.example' }, 'sts')).toBeUndefined()
  })

  it('takes an empty variable for unset', () => {
    expect(endpointOverride({ AWS_ENDPOINT_URL_STS: '', AWS_ENDPOINT_URL: ' ' }, 'sts')).toBeUndefined()
  })

  it.each(['localhost:4566', 'ftp://h', 'not a url', 'http://user:hunter2@h', 'http://h/?a=1', 'http://h/#x'])(
    'refuses %s, naming the variable and not the value',
    (value) => {
      const attempt = () => endpointOverride({ AWS_ENDPOINT_URL_STS: value }, 'sts')
      expect(attempt).toThrow(expect.objectContaining({ code: 'usage.invalid' }))
      expect(attempt).toThrow(/AWS_ENDPOINT_URL_STS/)
      expect(attempt).not.toThrow(/hunter2/)
    },
  )
})

describe('stsEndpoint', () => {
  it.each([
    ['us-east-1', 'https://sts.us-east-1.amazonaws.com'],
    ['cn-north-1', 'https://sts.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'https://sts.us-gov-west-1.amazonaws.com'],
    ['eusc-de-east-1', 'https://sts.eusc-de-east-1.amazonaws.eu'],
    ['us-iso-east-1', 'https://sts.us-iso-east-1.c2s.ic.gov'],
    ['eu-isoe-west-1', 'https://sts.eu-isoe-west-1.cloud.adc-e.uk'],
  ])('%s', (region, url) => {
    expect(stsEndpoint({ AWS_REGION: 'eu-west-1', AWS_USE_FIPS_ENDPOINT: 'true' }, region).url).toBe(url)
  })

  it('refuses a region of no partition', () => {
    expect(() => stsEndpoint({}, 'mars-1')).toThrow(expect.objectContaining({ code: 'input.invalid' }))
  })
})

describe('describeOverride', () => {
  it('names the host, or null', () => {
    expect(describeOverride({})).toBeNull()
    expect(describeOverride({ AWS_ENDPOINT_URL_SIGNIN: 'http://127.0.0.1:99' })).toBe('127.0.0.1:99')
  })
})

describe('identityCenterEndpoint', () => {
  it.each([
    ['sso', 'eu-west-1', 'https://portal.sso.eu-west-1.amazonaws.com'],
    ['sso-oidc', 'eu-west-1', 'https://oidc.eu-west-1.amazonaws.com'],
    ['sso', 'cn-north-1', 'https://portal.sso.cn-north-1.amazonaws.com.cn'],
    ['sso-oidc', 'eusc-de-east-1', 'https://oidc.eusc-de-east-1.amazonaws.eu'],
  ] as const)('%s in %s is %s', (service, region, url) => {
    expect(identityCenterEndpoint({}, service, region).url).toBe(url)
  })

  it('is another host only where nobody on the way can read the token', () => {
    const to = (url: string) => () => identityCenterEndpoint({ AWS_ENDPOINT_URL_SSO: url }, 'sso', 'eu-west-1').url
    expect(to('https://portal.example')()).toBe('https://portal.example')
    expect(to('http://127.0.0.1:4566')()).toBe('http://127.0.0.1:4566')
    expect(to('http://[::1]:4566')()).toBe('http://[::1]:4566')
    for (const url of ['http://portal.example', 'http://127.0.0.1.example', 'http://localhost.example'])
      expect(to(url)).toThrow(expect.objectContaining({ code: 'usage.invalid' }))
  })
})
