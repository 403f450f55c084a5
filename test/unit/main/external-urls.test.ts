// What the browser may be sent to.
import { describe, expect, it } from 'vitest'
import { isAllowedExternalUrl } from '../../../src/main/external-urls.ts'

describe('isAllowedExternalUrl', () => {
  it.each([
    'https://signin.aws.amazon.com/switchrole?account=123456789012&roleName=Admin',
    'https://us-east-1.signin.aws.amazon.com/federation?Action=login&SigninToken=x',
    'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1',
    'https://console.aws.amazon.com/',
    'https://signin.amazonaws.cn/switchrole?account=1',
    'https://console.amazonaws.cn/',
    'https://signin.amazonaws-us-gov.com/switchrole',
    'https://console.amazonaws-us-gov.com/',
    'https://eusc-de-east-1.signin.amazonaws-eusc.eu/switchrole',
    'https://console.amazonaws-eusc.eu/',
    'https://acme.awsapps.com/start',
    'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH',
    'https://oidc.eu-west-1.amazonaws.com/authorize?response_type=code',
    'https://123456789012.signin.aws.amazon.com/console',
  ])('opens %s', (url) => {
    expect(isAllowedExternalUrl(url)).toBe(true)
  })

  it.each([
    'http://signin.aws.amazon.com/switchrole',
    'https://signin.aws.amazon.com.evil.test/switchrole',
    'https://evil.test/?https://signin.aws.amazon.com/',
    'https://evilsignin.aws.amazon.com.test/',
    'https://xconsole.aws.amazon.com/',
    'https://user:pass@console.aws.amazon.com/',
    'https://console.aws.amazon.com@evil.test/',
    'https://console.aws.amazon.com:8443/',
    'https://s3.amazonaws.com/bucket/page.html',
    'https://bucket.s3.eu-west-1.amazonaws.com/page.html',
    'https://device.sso.evil.test/',
    'https://oidc.eu-west-1.amazonaws.com.evil.test/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'vscode://file/etc/passwd',
    'data:text/html,x',
    '//console.aws.amazon.com/',
    'http://127.0.0.1:4566/federation',
    '',
  ])('refuses %s', (url) => {
    expect(isAllowedExternalUrl(url)).toBe(false)
  })

  it('opens the configured practice account on the loopback interface, and nothing beside it', () => {
    const origin = 'http://127.0.0.1:4566'
    expect(isAllowedExternalUrl(`${origin}/federation?Action=login`, origin)).toBe(true)
    expect(isAllowedExternalUrl('http://127.0.0.1:4567/', origin)).toBe(false)
    expect(isAllowedExternalUrl('http://u:p@127.0.0.1:4566/', origin)).toBe(false)
    expect(isAllowedExternalUrl('http://10.0.0.1:4566/', 'http://10.0.0.1:4566')).toBe(false)
  })
})
