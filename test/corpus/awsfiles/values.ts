/** Merging of the two files (the AWS facts A.4) and the keys credentials come from (A.5, A.6). */
import { agreed, type CorpusCase } from './types.ts'

const KEYS = 'aws_access_key_id = AKIA\naws_secret_access_key = s\n'
const ROLE = 'arn:aws:iam::123456789012:role/x'

const MERGING: readonly CorpusCase[] = [
  agreed(
    'A.4 credentials win, key by key',
    { a: { x: '2', y: '1', z: '2' } },
    { config: '[profile a]\nx = 1\ny = 1\n', credentials: '[a]\nx = 2\nz = 2\n' },
  ),
  agreed(
    'A.4 default from both files',
    { default: { region: 'r', aws_access_key_id: 'k' } },
    { config: '[default]\nregion = r\n', credentials: '[default]\naws_access_key_id = k\n' },
  ),
  agreed('A.4 profile in credentials only', { only: { x: '1' } }, { credentials: '[only]\nx = 1\n' }),
  agreed(
    'A.4 token in the other file',
    { a: { aws_session_token: 't', aws_access_key_id: 'AKIA', aws_secret_access_key: 's' } },
    { config: '[profile a]\naws_session_token = t\n', credentials: `[a]\n${KEYS}` },
  ),
  agreed(
    'A.4 default is not inherited',
    { default: { region: 'r' }, a: { role_arn: ROLE } },
    { config: `[default]\nregion = r\n[profile a]\nrole_arn = ${ROLE}\n` },
  ),
  agreed(
    'A.4 endpoints',
    { a: { services: 'v', endpoint_url: 'http://localhost:1' } },
    {
      config: '[profile a]\nservices = v\nendpoint_url = http://localhost:1\n[services v]\nsts =\n  endpoint_url = u\n',
    },
  ),
  {
    name: 'A.4 empty value in credentials',
    config: '[profile a]\nx = 1\n',
    credentials: '[a]\nx =\n',
    botocore: { a: { x: '' } },
    jsSdk: { a: { x: '1' } },
  },
  {
    name: 'A.4 nested block in both files',
    config: '[profile a]\ns3 =\n  x = 1\n',
    credentials: '[a]\ns3 =\n  y = 2\n',
    botocore: { a: { s3: { y: '2' } } },
    jsSdk: { a: { 's3.x': '1', 's3.y': '2' } },
  },
  {
    name: 'A.4 block against plain value',
    config: '[profile a]\ns3 =\n  x = 1\n',
    credentials: '[a]\ns3 = v\n',
    botocore: { a: { s3: 'v' } },
    jsSdk: { a: { 's3.x': '1', s3: 'v' } },
  },
  {
    name: 'A.4 keys that differ in case across files',
    config: '[profile a]\nRegion = 1\n',
    credentials: '[a]\nregion = 2\n',
    botocore: { a: { region: '2' } },
    jsSdk: { a: { Region: '1', region: '2' } },
  },
  { name: 'rejected config beside good credentials', config: 'x\n', credentials: '[a]\nx = 1\n', botocore: 'rejected' },
  {
    name: 'good config beside rejected credentials',
    config: '[default]\nx = 1\n',
    credentials: 'x\n',
    botocore: 'rejected',
  },
]

/** Profiles as people have them: one for each way to credentials. */
const SOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'static keys': { aws_access_key_id: 'AKIA', aws_secret_access_key: 'a/b+c=', aws_session_token: 'IQoJ==' },
  'security token': { aws_access_key_id: 'ASIA', aws_secret_access_key: 's', aws_security_token: 't' },
  'account id and scope': { aws_account_id: '012345678901', aws_credential_scope: 'us-east-1' },
  'role from a profile': { role_arn: ROLE, source_profile: 'base', region: 'eu-west-1' },
  'role with a quoted source': { role_arn: ROLE, source_profile: '"base"' },
  'role from the environment': { role_arn: ROLE, credential_source: 'Ec2InstanceMetadata' },
  'role with everything': {
    role_arn: ROLE,
    source_profile: 'base',
    external_id: 'x#y;z',
    mfa_serial: 'arn:aws:iam::123456789012:mfa/me',
    role_session_name: 'me@example.com',
    duration_seconds: '3600',
  },
  'web identity': { role_arn: ROLE, web_identity_token_file: '/var/run/token' },
  'process with quotes': { credential_process: '"/opt/my app/bin" run --name "a b"' },
  'process on Windows': { credential_process: '"C:\\Program Files\\x.exe" a' },
  'sso session': { sso_session: 's', sso_account_id: '012345678901', sso_role_name: 'Admin' },
  'legacy sso': {
    sso_start_url: 'https://x.awsapps.com/start#/',
    sso_region: 'r',
    sso_account_id: '1',
    sso_role_name: 'R',
  },
  login: { login_session: 'arn:aws:iam::123456789012:user/me' },
  'client settings': {
    output: 'json',
    ca_bundle: '/etc/ca.pem',
    retry_mode: 'adaptive',
    max_attempts: '5',
    use_fips_endpoint: 'true',
    sts_regional_endpoints: 'regional',
  },
}

const KEYS_OF_PROFILES: readonly CorpusCase[] = Object.entries(SOURCES).map(([name, values]) => {
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${value}\n`)
  return agreed(`A.5 ${name}`, { p: values }, { config: `[profile p]\n${lines.join('')}` })
})

const WINNERS: readonly CorpusCase[] = [
  agreed(
    'A.6 static keys and a process in config',
    { p: { aws_access_key_id: 'AKIA', aws_secret_access_key: 's', credential_process: 'x' } },
    { config: `[profile p]\n${KEYS}credential_process = x\n` },
  ),
  agreed(
    'A.6 static keys in credentials, a process in config',
    { p: { aws_access_key_id: 'AKIA', aws_secret_access_key: 's', credential_process: 'x' } },
    { config: '[profile p]\ncredential_process = x\n', credentials: `[p]\n${KEYS}` },
  ),
  agreed(
    'A.6 sso and static keys',
    { p: { sso_session: 's', aws_access_key_id: 'AKIA', aws_secret_access_key: 's' } },
    { config: '[profile p]\nsso_session = s\n[sso-session s]\nsso_region = r\n', credentials: `[p]\n${KEYS}` },
  ),
  agreed(
    'A.6 role without source, own static keys',
    { p: { role_arn: ROLE, aws_access_key_id: 'AKIA', aws_secret_access_key: 's' } },
    { config: `[profile p]\nrole_arn = ${ROLE}\n${KEYS}` },
  ),
  agreed(
    'A.6 two sources',
    { p: { role_arn: ROLE, source_profile: 'a', credential_source: 'Environment' } },
    { config: `[profile p]\nrole_arn = ${ROLE}\nsource_profile = a\ncredential_source = Environment\n` },
  ),
  agreed(
    'A.6 source profile and own static keys',
    { p: { role_arn: ROLE, source_profile: 'p', aws_access_key_id: 'AKIA', aws_secret_access_key: 's' } },
    { config: `[profile p]\nrole_arn = ${ROLE}\nsource_profile = p\n`, credentials: `[p]\n${KEYS}` },
  ),
]

export const VALUES: readonly CorpusCase[] = [...MERGING, ...KEYS_OF_PROFILES, ...WINNERS]
