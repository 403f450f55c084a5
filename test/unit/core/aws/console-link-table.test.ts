/** Thirty prepared links over four partitions, each written by hand from the rules of aws-facts C.3, D.1, D.3 and the portal's form. */
import { describe, expect, it } from 'vitest'
import { consoleUrl } from '#core/aws/console-destination.ts'
import { type SwitchRoleLinkOptions, switchRoleUrl } from '#core/aws/console-links.ts'
import { federationEndpoint, signInUrl } from '#core/aws/federation.ts'
import { type ShortcutLinkOptions, shortcutUrl } from '#core/aws/shortcut-link.ts'
import type { PartitionId } from '#shared/partitions.ts'

const SWITCH_ROLE: readonly [string, SwitchRoleLinkOptions, string][] = [
  [
    'aws: a role',
    { arn: 'arn:aws:iam::111122223333:role/ReadOnly', displayName: 'prod-ro' },
    'https://signin.aws.amazon.com/switchrole?account=111122223333&roleName=ReadOnly&displayName=prod-ro',
  ],
  [
    'aws: a path and signs that mean something in a query',
    { arn: 'arn:aws:iam::111122223333:role/team/a+b@c=d', displayName: 'a & b' },
    'https://signin.aws.amazon.com/switchrole?account=111122223333&roleName=team%2Fa%2Bb%40c%3Dd&displayName=a%20%26%20b',
  ],
  [
    'aws: a service in a region',
    { arn: 'arn:aws:iam::000000000007:role/R', destination: 'dynamodb', region: 'eu-central-1' },
    'https://signin.aws.amazon.com/switchrole?account=000000000007&roleName=R&redirect_uri=' +
      'https%3A%2F%2Feu-central-1.console.aws.amazon.com%2Fdynamodbv2%2Fhome%3Fregion%3Deu-central-1',
  ],
  [
    'aws: a global service, whatever the region',
    { arn: 'arn:aws:iam::111122223333:role/R', destination: 'iam', region: 'eu-central-1', color: 'b7ca9d' },
    'https://signin.aws.amazon.com/switchrole?account=111122223333&roleName=R&color=b7ca9d&redirect_uri=' +
      'https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fiam%2Fhome%3Fregion%3Dus-east-1',
  ],
  [
    'aws: a page of a multi-session console',
    {
      arn: 'arn:aws:iam::111122223333:role/R',
      destination:
        'https://111122223333-a1b2c3d4.us-west-2.console.aws.amazon.com/ec2/home?region=us-west-2#Instances:',
    },
    'https://signin.aws.amazon.com/switchrole?account=111122223333&roleName=R&redirect_uri=' +
      'https%3A%2F%2Fus-west-2.console.aws.amazon.com%2Fec2%2Fhome%3Fregion%3Dus-west-2%23Instances%3A',
  ],
  [
    'China: a role',
    { arn: 'arn:aws-cn:iam::444455556666:role/ops/Deploy', displayName: 'deploy' },
    'https://signin.amazonaws.cn/switchrole?account=444455556666&roleName=ops%2FDeploy&displayName=deploy',
  ],
  [
    'China: a service in its second region',
    { arn: 'arn:aws-cn:iam::444455556666:role/R', destination: 'ec2', region: 'cn-northwest-1' },
    'https://signin.amazonaws.cn/switchrole?account=444455556666&roleName=R&redirect_uri=' +
      'https%3A%2F%2Fconsole.amazonaws.cn%2Fec2%2Fhome%3Fregion%3Dcn-northwest-1',
  ],
  [
    'GovCloud: a role',
    { arn: 'arn:aws-us-gov:iam::777788889999:role/Audit', displayName: 'gov' },
    'https://signin.amazonaws-us-gov.com/switchrole?account=777788889999&roleName=Audit&displayName=gov',
  ],
  [
    'GovCloud: a service, in its east',
    { arn: 'arn:aws-us-gov:iam::777788889999:role/Audit', destination: 's3', region: 'us-gov-east-1' },
    'https://signin.amazonaws-us-gov.com/switchrole?account=777788889999&roleName=Audit&redirect_uri=' +
      'https%3A%2F%2Fconsole.amazonaws-us-gov.com%2Fs3%2Fhome%3Fregion%3Dus-gov-east-1',
  ],
  [
    'sovereign cloud: a role, on the regional host',
    { arn: 'arn:aws-eusc:iam::123456789012:role/Admin', displayName: 'eu' },
    'https://eusc-de-east-1.signin.amazonaws-eusc.eu/switchrole?account=123456789012&roleName=Admin&displayName=eu',
  ],
  [
    'sovereign cloud: a service',
    { arn: 'arn:aws-eusc:iam::123456789012:role/Admin', destination: 'lambda' },
    'https://eusc-de-east-1.signin.amazonaws-eusc.eu/switchrole?account=123456789012&roleName=Admin&redirect_uri=' +
      'https%3A%2F%2Fconsole.amazonaws-eusc.eu%2Flambda%2Fhome%3Fregion%3Deusc-de-east-1',
  ],
]

const SIGN_IN: readonly [string, PartitionId, Parameters<typeof consoleUrl>[1], string][] = [
  [
    'aws: the home page',
    'aws',
    {},
    'https://us-east-1.signin.aws.amazon.com/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconsole%2Fhome%3Fregion%3Dus-east-1&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'aws: the home page of a region',
    'aws',
    { region: 'ap-southeast-2' },
    'https://us-east-1.signin.aws.amazon.com/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Fap-southeast-2.console.aws.amazon.com%2Fconsole%2Fhome%3Fregion%3Dap-southeast-2&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'aws: a part of a service, behind #',
    'aws',
    { destination: 'logs', region: 'eu-west-1' },
    'https://us-east-1.signin.aws.amazon.com/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fcloudwatch%2Fhome%3Fregion%3Deu-west-1%23logsV2%3Alog-groups&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'aws: a service nobody has listed',
    'aws',
    { destination: 'brand-new-service', region: 'eu-west-1' },
    'https://us-east-1.signin.aws.amazon.com/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fbrand-new-service%2Fhome%3Fregion%3Deu-west-1&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'aws: a pasted page',
    'aws',
    { destination: 'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:' },
    'https://us-east-1.signin.aws.amazon.com/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fec2%2Fhome%3Fregion%3Deu-west-1%23Instances%3A&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'aws: a region of another partition does not count',
    'aws',
    { destination: 'sqs', region: 'cn-north-1' },
    'https://us-east-1.signin.aws.amazon.com/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fsqs%2Fv3%2Fhome%3Fregion%3Dus-east-1&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'China: the home page',
    'aws-cn',
    {},
    'https://signin.amazonaws.cn/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Fconsole.amazonaws.cn%2Fconsole%2Fhome%3Fregion%3Dcn-north-1&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'China: a pasted page',
    'aws-cn',
    { destination: 'https://cn-northwest-1.console.amazonaws.cn/rds/home?region=cn-northwest-1' },
    'https://signin.amazonaws.cn/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Fcn-northwest-1.console.amazonaws.cn%2Frds%2Fhome%3Fregion%3Dcn-northwest-1&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'GovCloud: the home page',
    'aws-us-gov',
    {},
    'https://signin.amazonaws-us-gov.com/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Fconsole.amazonaws-us-gov.com%2Fconsole%2Fhome%3Fregion%3Dus-gov-west-1&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'GovCloud: a global service',
    'aws-us-gov',
    { destination: 'route53', region: 'us-gov-east-1' },
    'https://signin.amazonaws-us-gov.com/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Fconsole.amazonaws-us-gov.com%2Froute53%2Fv2%2Fhome%3Fregion%3Dus-gov-west-1&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'sovereign cloud: the home page, on the regional host',
    'aws-eusc',
    {},
    'https://eusc-de-east-1.signin.amazonaws-eusc.eu/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Fconsole.amazonaws-eusc.eu%2Fconsole%2Fhome%3Fregion%3Deusc-de-east-1&SigninToken=t%2Bk%2Fn%3D',
  ],
  [
    'sovereign cloud: a service',
    'aws-eusc',
    { destination: 'vpc', region: 'eusc-de-east-1' },
    'https://eusc-de-east-1.signin.amazonaws-eusc.eu/federation?Action=login&Issuer=hallpass&Destination=' +
      'https%3A%2F%2Fconsole.amazonaws-eusc.eu%2Fvpcconsole%2Fhome%3Fregion%3Deusc-de-east-1&SigninToken=t%2Bk%2Fn%3D',
  ],
]

const SHORTCUT: readonly [string, ShortcutLinkOptions, string][] = [
  [
    'aws: a permission set',
    { startUrl: 'https://acme.awsapps.com/start', accountId: '111122223333', roleName: 'ReadOnly' },
    'https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=ReadOnly',
  ],
  [
    'aws: a start URL as the browser shows it',
    { startUrl: 'https://d-0123456789.awsapps.com/start/#/', accountId: '000000000007', roleName: 'Power=User+1' },
    'https://d-0123456789.awsapps.com/start/#/console?account_id=000000000007&role_name=Power%3DUser%2B1',
  ],
  [
    'aws: a service',
    {
      startUrl: 'https://acme.awsapps.com/start',
      accountId: '111122223333',
      roleName: 'Admin',
      destination: 'ec2',
      region: 'eu-west-1',
    },
    'https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=Admin&destination=' +
      'https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fec2%2Fhome%3Fregion%3Deu-west-1',
  ],
  [
    'aws: a dual-stack portal',
    {
      startUrl: 'https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws',
      accountId: '111122223333',
      roleName: 'Admin',
    },
    'https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws/#/console?account_id=111122223333&role_name=Admin',
  ],
  [
    'aws: a portal with its region in front',
    {
      startUrl: 'https://ssoins-0123456789abcdef.eu-west-1.portal.amazonaws.com',
      accountId: '111122223333',
      roleName: 'Admin',
    },
    'https://ssoins-0123456789abcdef.eu-west-1.portal.amazonaws.com/#/console?account_id=111122223333&role_name=Admin',
  ],
  [
    'China: a service',
    {
      startUrl: 'https://start.home.awsapps.cn/directory/d-0123456789',
      accountId: '444455556666',
      roleName: 'Admin',
      destination: 's3',
    },
    'https://start.home.awsapps.cn/directory/d-0123456789/#/console?account_id=444455556666&role_name=Admin&destination=' +
      'https%3A%2F%2Fconsole.amazonaws.cn%2Fs3%2Fhome%3Fregion%3Dcn-north-1',
  ],
  [
    'GovCloud: a page',
    {
      startUrl: 'https://start.us-gov-home.awsapps.com/directory/acme',
      accountId: '777788889999',
      roleName: 'Audit',
      destination: 'https://us-gov-west-1.console.amazonaws-us-gov.com/iam/home',
    },
    'https://start.us-gov-home.awsapps.com/directory/acme/#/console?account_id=777788889999&role_name=Audit&destination=' +
      'https%3A%2F%2Fus-gov-west-1.console.amazonaws-us-gov.com%2Fiam%2Fhome',
  ],
  [
    'aws: a page of a multi-session console',
    {
      startUrl: 'https://acme.awsapps.com/start/',
      accountId: '111122223333',
      roleName: 'Admin',
      destination: 'https://111122223333-0a1b2c3d.eu-west-2.console.aws.amazon.com/ecr/private-registry/repositories',
    },
    'https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=Admin&destination=' +
      'https%3A%2F%2Feu-west-2.console.aws.amazon.com%2Fecr%2Fprivate-registry%2Frepositories',
  ],
]

it('there are thirty-one of them, over four partitions', () => {
  expect(SWITCH_ROLE.length + SIGN_IN.length + SHORTCUT.length).toBe(31)
})

it.each(SWITCH_ROLE)('switch-role link, %s', (_case, options, url) => {
  expect(switchRoleUrl(options)).toBe(url)
})

it.each(SIGN_IN)('sign-in link, %s', (_case, partition, options, url) => {
  const endpoint = federationEndpoint({}, partition).url
  expect(signInUrl(endpoint, consoleUrl(partition, options), 't+k/n=')).toBe(url)
})

it.each(SHORTCUT)('shortcut link, %s', (_case, options, url) => {
  expect(shortcutUrl(options)).toBe(url)
})

const HOSTILE = [
  ['another host', 'https://evil.example/'],
  ['another host with ours in its name', 'https://console.aws.amazon.com.evil.example/'],
  ['another host that ends like ours', 'https://evilconsole.aws.amazon.com/'],
  ['another host behind ours as a user', 'https://console.aws.amazon.com@evil.example/'],
  ['another host behind a backslash', 'https://evil.example\\.console.aws.amazon.com/'],
  ['ours with a dot at the end', 'https://console.aws.amazon.com./'],
  ['the sign-in host, which redirects', 'https://signin.aws.amazon.com/oauth?redirect_uri=https://evil.example'],
  ['http', 'http://console.aws.amazon.com/'],
  ['javascript', 'javascript:alert(1)//console.aws.amazon.com'],
  ['data', 'data:text/html,console.aws.amazon.com'],
  ['file', 'file:///etc/passwd'],
  ['no scheme', '//console.aws.amazon.com/'],
  ['a user', 'https://user@console.aws.amazon.com/'],
  ['a password', 'https://user:secret@console.aws.amazon.com/'],
  ['a port', 'https://console.aws.amazon.com:8443/'],
  ['the console of China', 'https://console.amazonaws.cn/s3/home'],
  ['the console of GovCloud', 'https://console.amazonaws-us-gov.com/'],
  ['the console of the sovereign cloud', 'https://console.amazonaws-eusc.eu/'],
  ['a host of a region of another partition', 'https://cn-north-1.console.aws.amazon.com/'],
  ['a region of another partition in the query', 'https://console.aws.amazon.com/s3/home?region=us-gov-west-1'],
  ['an address without an end', `https://console.aws.amazon.com/${'x'.repeat(5000)}`],
  ['a path for a service', 's3/../../evil'],
  ['words', 'S3 bucket'],
] as const

describe.each(HOSTILE)('a destination that is %s', (_case, destination) => {
  it('is refused by every door', () => {
    const refusal = expect.objectContaining({ code: 'input.invalid' })
    expect(() => switchRoleUrl({ arn: 'arn:aws:iam::111122223333:role/R', destination })).toThrow(refusal)
    expect(() => consoleUrl('aws', { destination })).toThrow(refusal)
    const portal = { startUrl: 'https://acme.awsapps.com/start', accountId: '111122223333', roleName: 'R' }
    expect(() => shortcutUrl({ ...portal, destination })).toThrow(refusal)
  })
})

it.each([
  ['aws-cn', 'https://console.aws.amazon.com/'],
  ['aws-us-gov', 'https://us-east-1.console.aws.amazon.com/'],
  ['aws-eusc', 'https://console.amazonaws.cn/'],
] as const)('%s has no page at %s', (partition, destination) => {
  expect(() => consoleUrl(partition, { destination })).toThrow(expect.objectContaining({ code: 'input.invalid' }))
})

it.each([
  'http://acme.awsapps.com/start',
  'https://awsapps.com/start',
  'https://acme.awsapps.com.evil.example/start',
  'https://evilawsapps.com/start',
  'https://user:secret@acme.awsapps.com/start',
  'https://acme.awsapps.com:8443/start',
  'https://acme.awsapps.com/start?redirect=https://evil.example',
  'https://acme.awsapps.com/start#/saml/other',
  'https://ssoins-1.portal.nowhere.app.aws',
  'https://app.aws/',
  'https://acme.signin.aws.amazon.com/console',
  'acme.awsapps.com/start',
  '',
])('%s is no start URL', (startUrl) => {
  expect(() => shortcutUrl({ startUrl, accountId: '111122223333', roleName: 'R' })).toThrow(
    expect.objectContaining({ code: 'input.invalid' }),
  )
})

it.each([
  ['an account id of eleven digits', { accountId: '11112222333' }],
  ['a role name with a sign of the query', { roleName: 'a&destination=https://evil.example' }],
  ['the name of the role in IAM', { roleName: 'AWSReservedSSO_Admin_0123456789abcdef' }],
  ['no role name', { roleName: '' }],
])('a shortcut is refused for %s', (_case, bad) => {
  const good = { startUrl: 'https://acme.awsapps.com/start', accountId: '111122223333', roleName: 'R' }
  expect(() => shortcutUrl({ ...good, ...bad })).toThrow(expect.objectContaining({ code: 'input.invalid' }))
})
