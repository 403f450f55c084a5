/** What the files hold after each edit of `aws-file-writer.ts`, whole: a killed writer must leave one of these. */
import type { ProfileTarget } from '#core/awsfiles/index.ts'
import type { ProfileMode } from '#shared/fields.ts'

export const START = '# mine\n[default]\nregion = us-east-1\n'

/** The config after edit `number` of `edit`; its length tells versions apart, too. */
export function editText(number: number): string {
  return number === 0 ? START : `${START}\n[profile crash]\nn = ${number}\npadding = ${padding(number)}\n`
}

export function padding(number: number): string {
  return 'x'.repeat(20_000 + (number % 7))
}

/** Profile `dev` as edit `number` of `profile` writes it. */
export function crashTarget(number: number, mode: ProfileMode): ProfileTarget {
  const credentials = {
    accessKeyId: `ASIA${String(number).padStart(16, '0')}`,
    secretAccessKey: `secret${number}`,
    sessionToken: padding(number),
    expiration: new Date('2030-01-01T00:00:00Z'),
    accountId: '123456789012',
    roleArn: 'arn:aws:iam::123456789012:role/dev',
    assumedRoleArn: 'arn:aws:sts::123456789012:assumed-role/dev/s',
    region: 'eu-west-1',
  }
  return {
    profile: 'dev',
    name: 'dev',
    target: 'role:1',
    mode,
    region: `r-${number}`,
    command: '/opt/hallpass',
    ...(mode === 'static' ? { credentials } : {}),
  }
}

const MARKER = '# Managed by Hallpass (hallpass profile remove dev)'

/** The complete versions that go with the numbers found in two files. */
export function profileTexts({ config, credentials }: Record<'config' | 'credentials', string>) {
  const region = /^region = r-(\d+)$/m.exec(config)?.[1]
  const key = /^aws_access_key_id = ASIA0*(\d+)$/m.exec(credentials)?.[1]
  const command = 'credential_process = "/opt/hallpass" credential-process "dev"'
  const values = [...(config.includes(command) ? [command] : []), `region = r-${region}`]
  // The line that came later stands below the one that was there.
  if (config.indexOf('region = r-') < config.indexOf(command)) values.reverse()
  const ours = ['[profile dev]', MARKER, ...values]
  const keys = [
    '[dev]',
    MARKER,
    `# Expires 2030-01-01T00:00:00Z, key ASIA${key?.padStart(16, '0')}`,
    `aws_access_key_id = ASIA${key?.padStart(16, '0')}`,
    `aws_secret_access_key = secret${key}`,
    `aws_session_token = ${padding(Number(key))}`,
  ]
  const appended = (found: string | undefined, section: readonly string[]) =>
    found === undefined ? START : `${START}\n${section.join('\n')}\n`
  return { config: appended(region, ours), credentials: appended(key, keys) }
}
