/** Where a profile's credentials come from: keys that do not belong together, and sources that hide each other. */
import type { ReaderName } from '../readers/types.ts'
import type { PlacedValue, ProfileRule } from './profile-view.ts'
import type { Finding } from './types.ts'

const KEY_ID = 'aws_access_key_id'
const SECRET = 'aws_secret_access_key'
const TOKENS = ['aws_session_token', 'aws_security_token'] as const

function at(
  { kind, line }: PlacedValue,
  code: string,
  message: string,
  breaks: readonly ReaderName[],
  advice: string,
): Finding {
  return { kind, line, code, message, breaks, rejectedBy: [], advice }
}

/** A key pair in one file and its session token, or its other half, in the other (AWS facts A.4). */
export const keysInBothFiles: ProfileRule = ({ name, byFile, merged }) => {
  const [id, secret] = [merged.get(KEY_ID), merged.get(SECRET)]
  if (!id || !secret) return []
  if (id.kind !== secret.kind) {
    const message = `Profile ${name} has its access key id in one file and its secret in the other; boto3 and the AWS CLI use one file only.`
    return [at(secret, 'keys.split', message, ['botocore'], 'Keep both in the credentials file.')]
  }
  const other = byFile[id.kind === 'config' ? 'credentials' : 'config']
  return TOKENS.flatMap((key) => {
    const token = other.get(key)
    if (!token || byFile[id.kind].has(key)) return []
    const message = `The ${key} of profile ${name} is not in the file that has the keys; SDKs that merge the files send both together, and AWS refuses them.`
    return [at(token, 'keys.token-elsewhere', message, ['aws', 'js-sdk'], `Remove this ${key}.`)]
  })
}

/** Half a key pair (AWS facts A.6). */
export const partialKeys: ProfileRule = ({ name, merged }) => {
  const [id, secret] = [merged.get(KEY_ID), merged.get(SECRET)]
  const half = id ?? secret
  if (!half || (id && secret)) return []
  const missing = id ? SECRET : KEY_ID
  const message = `Profile ${name} has ${id ? KEY_ID : SECRET} but no ${missing}.`
  return [at(half, 'keys.partial', message, ['aws', 'botocore', 'js-sdk'], `Add ${missing}, or remove this line.`)]
}

type SourceKind =
  | 'role'
  | 'web identity'
  | 'IAM Identity Center'
  | 'static keys'
  | 'login_session'
  | 'credential_process'

/** The order in which each SDK looks at the sources of one profile (AWS facts A.6). */
const JS_ORDER: readonly SourceKind[] = [
  'role',
  'static keys',
  'web identity',
  'credential_process',
  'IAM Identity Center',
  'login_session',
]
const botocoreOrder = (keysAt: PlacedValue | undefined): readonly SourceKind[] =>
  keysAt?.kind === 'config'
    ? ['role', 'web identity', 'IAM Identity Center', 'login_session', 'credential_process', 'static keys']
    : ['role', 'web identity', 'IAM Identity Center', 'static keys', 'login_session', 'credential_process']

/** Several sources in one profile: one of them is used, and not the same one by every SDK. */
export const severalSources: ProfileRule = ({ name, merged }) => {
  const sources = sourcesOf(name, merged)
  // A role beside static keys is in order: the keys serve profiles that name this one as their source (A.7).
  if (sources.has('role') && sources.size === 2) sources.delete('static keys')
  if (sources.size < 2) return []
  const keysAt = merged.get(KEY_ID)
  const botocore = botocoreOrder(keysAt).find((kind) => sources.has(kind))
  const js = JS_ORDER.find((kind) => sources.has(kind))
  const unused = [...sources].filter(([kind]) => kind !== botocore || kind !== js)
  const place = unused[0]?.[1]
  if (!place || !botocore || !js) return []
  const all = [...sources.keys()].join(' and ')
  const advice = 'Keep the one that is meant, and move the other to a profile of its own.'
  if (botocore !== js) {
    const message = `Profile ${name} has ${all}: boto3 and the AWS CLI use ${botocore}, the AWS SDK for JavaScript uses ${js}.`
    return [at(place, 'source.disagree', message, ['botocore', 'js-sdk'], advice)]
  }
  const message = `Profile ${name} has ${all}: every SDK uses ${botocore}, and the rest only gets in the way.`
  return [at(place, 'source.shadowed', message, ['botocore', 'js-sdk'], advice)]
}

function sourcesOf(name: string, merged: ReadonlyMap<string, PlacedValue>): Map<SourceKind, PlacedValue> {
  const sources = new Map<SourceKind, PlacedValue>()
  const add = (kind: SourceKind, ...keys: string[]) => {
    const place = keys.map((key) => merged.get(key)).find((value) => value !== undefined)
    if (place) sources.set(kind, place)
  }
  const isSelf = merged.get('source_profile')?.value === name
  if (merged.has('role_arn') && !merged.has('web_identity_token_file') && !isSelf) {
    if (merged.has('source_profile') || merged.has('credential_source')) add('role', 'role_arn')
  }
  if (merged.has('role_arn')) add('web identity', 'web_identity_token_file')
  add('IAM Identity Center', 'sso_session', 'sso_start_url')
  // A role that names its own profile as its source starts from the keys beside it (A.7).
  if (merged.has(KEY_ID) && merged.has(SECRET)) add('static keys', KEY_ID)
  add('login_session', 'login_session')
  add('credential_process', 'credential_process')
  return sources
}

/** A role without anything to assume it from (AWS facts A.6). */
export const roleSources: ProfileRule = ({ name, merged }) => {
  const role = merged.get('role_arn')
  if (!role || merged.has('web_identity_token_file')) return []
  const [profile, credential] = [merged.get('source_profile'), merged.get('credential_source')]
  if (profile && credential) {
    const message = `Profile ${name} has source_profile and credential_source, and no SDK takes both.`
    const advice = 'Remove one of them.'
    return [at(credential, 'role.two-sources', message, ['aws', 'botocore', 'js-sdk'], advice)]
  }
  if (profile || credential) return []
  const hasKeys = merged.has(KEY_ID) && merged.has(SECRET)
  const message = hasKeys
    ? `Profile ${name} has a role_arn but no source_profile: the AWS SDK for JavaScript uses its keys without the role, boto3 and the AWS CLI refuse.`
    : `Profile ${name} has a role_arn but no source_profile, credential_source or web_identity_token_file.`
  const advice = hasKeys
    ? `Add source_profile = ${name}, to assume the role with these keys.`
    : 'Add the source_profile whose credentials assume the role.'
  return [at(role, 'role.no-source', message, hasKeys ? ['botocore', 'js-sdk'] : ['aws', 'botocore', 'js-sdk'], advice)]
}

/** Values in quotes: no SDK takes the quotes off (AWS facts A.2 row 21, A.5). */
export const quotedValues: ProfileRule = ({ name, merged }) =>
  [...merged].flatMap(([key, placed]) => {
    if (!UNQUOTED.has(key) || !/^(["']).*\1$/.test(placed.value)) return []
    const message = `The quotes around ${key} of profile ${name} are part of the value.`
    return [at(placed, 'value.quoted', message, ['aws', 'botocore', 'js-sdk'], 'Remove the quotes.')]
  })

const UNQUOTED: ReadonlySet<string> = new Set([
  KEY_ID,
  SECRET,
  ...TOKENS,
  'region',
  'output',
  'role_arn',
  'source_profile',
  'credential_source',
  'mfa_serial',
  'sso_session',
  'sso_start_url',
  'sso_region',
  'sso_account_id',
  'sso_role_name',
])

/** An sso_session that is not there, or that says something else than the profile does (AWS facts E.1). */
export const ssoSessions: ProfileRule = ({ name, merged }, { config }) => {
  const named = merged.get('sso_session')
  if (!named || config.readings.aws.rejected) return []
  const session = config.readings.aws.ssoSessions.get(named.value)
  if (!session) {
    const message = `Profile ${name} wants [sso-session ${named.value}], which the config file does not have.`
    const advice = `Add the section, or correct the name.`
    return [at(named, 'sso.missing-session', message, ['aws', 'botocore', 'js-sdk'], advice)]
  }
  return (['sso_start_url', 'sso_region'] as const).flatMap((key) => {
    const own = merged.get(key)
    if (!own || session.get(key) === undefined || session.get(key) === own.value) return []
    const message = `Profile ${name} and [sso-session ${named.value}] differ in ${key}: boto3 and the AWS CLI refuse.`
    return [at(own, 'sso.conflict', message, ['botocore'], `Remove ${key} from the profile.`)]
  })
}
