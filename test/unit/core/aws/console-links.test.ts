import { describe, expect, it } from 'vitest'
import { consoleUrl, switchRoleUrl } from '#core/aws/index.ts'

const ACCOUNT = '123456789012'

describe('switchRoleUrl', () => {
  it.each([
    {
      case: 'a plain role',
      options: { arn: `arn:aws:iam::${ACCOUNT}:role/ReadOnly`, displayName: 'acme-prod-ro' },
      url: 'https://signin.aws.amazon.com/switchrole?account=123456789012&roleName=ReadOnly&displayName=acme-prod-ro',
    },
    {
      case: 'no display name',
      options: { arn: `arn:aws:iam::${ACCOUNT}:role/ReadOnly` },
      url: 'https://signin.aws.amazon.com/switchrole?account=123456789012&roleName=ReadOnly',
    },
    {
      case: 'China, with a path',
      options: { arn: `arn:aws-cn:iam::${ACCOUNT}:role/ops/team/Deploy`, displayName: 'cn deploy' },
      url: 'https://signin.amazonaws.cn/switchrole?account=123456789012&roleName=ops%2Fteam%2FDeploy&displayName=cn%20deploy',
    },
    {
      case: 'GovCloud',
      options: { arn: `arn:aws-us-gov:iam::000000000042:role/Audit`, displayName: 'gov' },
      url: 'https://signin.amazonaws-us-gov.com/switchrole?account=000000000042&roleName=Audit&displayName=gov',
    },
    {
      case: 'the sovereign cloud, on its regional host',
      options: { arn: `arn:aws-eusc:iam::${ACCOUNT}:role/svc/Admin`, displayName: 'eu' },
      url: 'https://eusc-de-east-1.signin.amazonaws-eusc.eu/switchrole?account=123456789012&roleName=svc%2FAdmin&displayName=eu',
    },
    {
      case: 'every sign a role name may have',
      options: { arn: `arn:aws:iam::${ACCOUNT}:role/a+b=c,d.e@f-g_h`, displayName: 'a+b & c=d' },
      url: 'https://signin.aws.amazon.com/switchrole?account=123456789012&roleName=a%2Bb%3Dc%2Cd.e%40f-g_h&displayName=a%2Bb%20%26%20c%3Dd',
    },
    {
      case: 'every sign, and a path, in China',
      options: { arn: `arn:aws-cn:iam::${ACCOUNT}:role/p-1/x.y/a+b=c,d.e@f-g_h` },
      url: 'https://signin.amazonaws.cn/switchrole?account=123456789012&roleName=p-1%2Fx.y%2Fa%2Bb%3Dc%2Cd.e%40f-g_h',
    },
    {
      case: 'every sign in GovCloud',
      options: { arn: `arn:aws-us-gov:iam::${ACCOUNT}:role/a+b=c,d.e@f-g_h` },
      url: 'https://signin.amazonaws-us-gov.com/switchrole?account=123456789012&roleName=a%2Bb%3Dc%2Cd.e%40f-g_h',
    },
    {
      case: 'every sign in the sovereign cloud',
      options: { arn: `arn:aws-eusc:iam::${ACCOUNT}:role/a+b=c,d.e@f-g_h` },
      url: 'https://eusc-de-east-1.signin.amazonaws-eusc.eu/switchrole?account=123456789012&roleName=a%2Bb%3Dc%2Cd.e%40f-g_h',
    },
    {
      case: 'a colour and a destination, in that order',
      options: {
        arn: `arn:aws:iam::${ACCOUNT}:role/ReadOnly`,
        displayName: 'ro',
        color: 'f2b0a9',
        destination: 's3',
        region: 'eu-west-1',
      },
      url:
        'https://signin.aws.amazon.com/switchrole?account=123456789012&roleName=ReadOnly&displayName=ro&color=f2b0a9' +
        '&redirect_uri=https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fs3%2Fhome%3Fregion%3Deu-west-1',
    },
  ])('$case', ({ options, url }) => {
    expect(switchRoleUrl(options)).toBe(url)
  })

  it('takes path and name of exactly 64 characters, and no more', () => {
    const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/team/${name}`
    // "team/" has 5.
    expect(switchRoleUrl({ arn: arn('r'.repeat(59)) })).toContain(`roleName=team%2F${'r'.repeat(59)}`)
    expect(() => switchRoleUrl({ arn: arn('r'.repeat(60)) })).toThrow(
      expect.objectContaining({ code: 'console.not-supported', hint: 'Use the sign-in link instead.' }),
    )
    expect(switchRoleUrl({ arn: `arn:aws:iam::${ACCOUNT}:role/${'r'.repeat(64)}` })).toContain('r'.repeat(64))
  })

  it('cuts a display name at 64 characters', () => {
    const url = switchRoleUrl({ arn: `arn:aws:iam::${ACCOUNT}:role/R`, displayName: 'd'.repeat(70) })
    expect(new URL(url).searchParams.get('displayName')).toBe('d'.repeat(64))
  })

  it.each(['aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'])(
    'refuses %s, whose console is not public',
    (partition) => {
      expect(() => switchRoleUrl({ arn: `arn:${partition}:iam::${ACCOUNT}:role/R` })).toThrow(
        expect.objectContaining({ code: 'console.not-supported' }),
      )
    },
  )

  it('refuses what is not a role ARN', () => {
    expect(() => switchRoleUrl({ arn: `arn:aws:iam::${ACCOUNT}:user/dana` })).toThrow(
      expect.objectContaining({ code: 'input.invalid' }),
    )
  })
})

describe('consoleUrl', () => {
  it.each([
    ['aws', {}, 'https://us-east-1.console.aws.amazon.com/console/home?region=us-east-1'],
    ['aws', { region: 'eu-north-1' }, 'https://eu-north-1.console.aws.amazon.com/console/home?region=eu-north-1'],
    [
      'aws',
      { destination: 'ec2', region: 'cn-north-1' },
      'https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1',
    ],
    ['aws-cn', { destination: 'ec2' }, 'https://console.amazonaws.cn/ec2/home?region=cn-north-1'],
    [
      'aws-us-gov',
      { region: 'us-gov-east-1' },
      'https://console.amazonaws-us-gov.com/console/home?region=us-gov-east-1',
    ],
    ['aws-eusc', { destination: 's3' }, 'https://console.amazonaws-eusc.eu/s3/home?region=eusc-de-east-1'],
  ] as const)('%s %o', (partition, options, url) => {
    expect(consoleUrl(partition, options)).toBe(url)
  })

  it.each([
    'https://console.aws.amazon.com/s3/home',
    'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:',
  ])('passes the console page %s on', (destination) => {
    expect(consoleUrl('aws', { destination })).toBe(destination)
  })

  it.each([
    'http://console.aws.amazon.com/',
    'https://console.aws.amazon.com.evil.example/',
    'https://evilconsole.aws.amazon.com/',
    'https://console.aws.amazon.com:8443/',
    'https://user:pass@console.aws.amazon.com/',
    'https://console.aws.amazon.com@evil.example/',
    'https://console.amazonaws.cn/',
    'https://evil.example/?console.aws.amazon.com',
    'javascript:alert(1)',
    '//console.aws.amazon.com/',
    'S3 bucket',
  ])('refuses %s', (destination) => {
    expect(() => consoleUrl('aws', { destination })).toThrow(expect.objectContaining({ code: 'input.invalid' }))
  })
})
