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
    'https://oidc.cn-north-1.amazonaws.com.cn/authorize?response_type=code',
    'https://device.sso.us-gov-west-1.amazonaws.com/',
    'https://d-9367a4c1f2.awsapps.com/start/#/device?user_code=ABCD-EFGH',
    'https://d-9367a4c1f2.awsapps.com/start#/device',
    'https://ssoins-7223c1b2.portal.eu-west-1.app.aws/start',
    'https://ssoins-7223c1b2.eu-west-1.portal.amazonaws.com/start',
    'https://ssoins-7223c1b2.cn-north-1.portal.amazonaws.com.cn/start',
    'https://ssoins-7223c1b2.portal.cn-north-1.app.amazonwebservices.com.cn/',
    'https://ssoins-7223c1b2.eusc-de-east-1.portal.amazonaws.eu/start/',
    'https://ssoins-7223c1b2.portal.eusc-de-east-1.api.amazonwebservices.eu/start',
    'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/acme-gov',
    'https://start.home.awsapps.cn/directory/acme#/console?account_id=123456789012',
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
    'https://oidc.eu-west-1.amazonaws.com/',
    'https://oidc.eu-west-1.amazonaws.com/token',
    'https://oidc.eu-west-1.amazonaws.com/authorize/../token',
    'https://oidc.eu-west-1.amazonaws.com/authorize%2f..%2ftoken',
    'https://oidc.eu-west-1.amazonaws.com:444/authorize',
    'http://oidc.eu-west-1.amazonaws.com/authorize',
    'https://x.oidc.eu-west-1.amazonaws.com/authorize',
    'https://oidc.evil.eu-west-1.amazonaws.com/authorize',
    'https://oidc.amazonaws.com/authorize',
    'https://evil.test/authorize#oidc.eu-west-1.amazonaws.com',
    'https://portal.sso.eu-west-1.amazonaws.com/federation/credentials',
    'https://device.sso.eu-west-1.amazonaws.com/other',
    'https://device.sso.eu-west-1.amazonaws.com.evil.test/',
    'https://awsapps.com/start',
    'https://start.home.awsapps.cn/other',
    'https://acme.awsapps.com/',
    'https://acme.awsapps.com/startled',
    'https://acme.awsapps.com/other/start',
    'https://acme.awsapps.com.evil.test/start',
    'https://acme.evil.awsapps.com/start',
    'https://app.aws/start',
    'https://evil.app.aws/start',
    'https://ssoins-7223c1b2.portal.eu-west-1.app.aws/evil',
    'https://ssoins-7223c1b2.eu-west-1.portal.amazonaws.com.evil.test/start',
    'https://portal.amazonaws.com/start',
    'https://evil.portal.amazonaws.com/start',
    'https://a.b.eu-west-1.portal.amazonaws.com/start',
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

  it('opens configured practice accounts on the loopback interface, and nothing beside them', () => {
    const origins = ['http://127.0.0.1:4566', 'http://[::1]:4567']
    expect(isAllowedExternalUrl('http://127.0.0.1:4566/federation?Action=login', origins)).toBe(true)
    expect(isAllowedExternalUrl('http://[::1]:4567/authorize?client_id=x', origins)).toBe(true)
    expect(isAllowedExternalUrl('http://127.0.0.1:4567/', origins)).toBe(false)
    expect(isAllowedExternalUrl('https://127.0.0.1:4566/', origins)).toBe(false)
    expect(isAllowedExternalUrl('http://u:p@127.0.0.1:4566/', origins)).toBe(false)
    expect(isAllowedExternalUrl('http://10.0.0.1:4566/', ['http://10.0.0.1:4566'])).toBe(false)
    expect(isAllowedExternalUrl('file:///etc/passwd', ['null'])).toBe(false)
  })
})
