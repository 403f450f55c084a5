import { describe, expect, it } from 'vitest'
import { identityCenterInstance, startUrlField } from '#shared/identity-center.ts'

describe('a start URL', () => {
  it.each([
    'https://d-1234567890.awsapps.com/start',
    'https://acme.awsapps.com/start/#/',
    'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/acme',
    'https://identitycenter.amazonaws.com/ssoins-1234567890abcdef',
    'http://127.0.0.1:4567/start',
    'http://localhost:4567/start',
    'http://[::1]:4567/start',
  ])('may be %s', (url) => {
    expect(startUrlField.parse(` ${url} `)).toBe(url)
  })

  it.each([
    '',
    'acme',
    'http://acme.awsapps.com/start',
    'http://127.0.0.1.attacker.example/start',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://user:password@acme.awsapps.com/start',
    'https://acme.awsapps.com/start\nHost: x',
    'https://acme.awsapps.com/ start',
    `https://acme.awsapps.com/${'a'.repeat(2048)}`,
  ])('may not be %j', (url) => {
    expect(startUrlField.safeParse(url).success).toBe(false)
  })
})

it('an instance asks for access to accounts unless told otherwise', () => {
  expect(identityCenterInstance.parse({ startUrl: 'https://acme.awsapps.com/start', region: 'eu-west-1' })).toEqual({
    startUrl: 'https://acme.awsapps.com/start',
    region: 'eu-west-1',
    scopes: ['sso:account:access'],
  })
  expect(identityCenterInstance.safeParse({ startUrl: 'https://a.b/c', region: 'moon-1' }).success).toBe(false)
})
