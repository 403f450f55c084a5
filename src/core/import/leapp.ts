/** Leapp: its workspace for what there is, the keychain (service `Leapp`) for the keys of its IAM users. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { readSmallFile } from '../small-file.ts'
import { type Found, type FoundItem, type FoundSettings, LabelSpace } from './found.ts'
import { type LeappSession, type LeappWorkspace, readLeappWorkspace } from './leapp-file.ts'

/** One of 2,000 sessions has about 1 MB. */
const LARGEST_WORKSPACE = 20 * 1024 * 1024
/** The session name Leapp gives where the person gave none. */
const LEAPPS_OWN_NAME = 'assumed-from-leapp'
/** What Leapp stores for nothing. */
const EMPTY = '<EMPTY>'

export interface LeappParts {
  readonly file: string
  /** The person has not named it: it is where Leapp puts it. */
  readonly isUsual: boolean
  readonly machineId: () => Promise<string | undefined>
  /** An item of Leapp's in the keychain; null when it is not there. @throws `vault.*` */
  readonly secret: (account: string) => Promise<string | null>
}

/** @throws `import.other-machine`, `import.invalid`, `file.*`, `vault.*` */
export async function findInLeapp({ file, isUsual, machineId, secret }: LeappParts): Promise<Found> {
  const workspace = readLeappWorkspace(await readWorkspace(file, isUsual), await machineId())
  const labels = new LabelSpace()
  const labelOf = new Map(
    workspace._sessions.map(({ sessionId, sessionName }) => [sessionId, labels.take(sessionName)]),
  )
  const profiles = profileNames(workspace)
  const items: FoundItem[] = []
  for (const session of workspace._sessions) {
    const label = labelOf.get(session.sessionId) ?? session.sessionName
    const settings = { region: session.region, profile: profiles.get(session.profileId ?? '') }
    if (session.type === 'awsIamUser') items.push(await keyOf(label, session, secret))
    else if (session.type === 'awsSsoRole') items.push(permissionSet(label, session, workspace, settings))
    else items.push(roleOrOther(label, session, labelOf, settings))
  }
  return { files: [file], items }
}

async function readWorkspace(file: string, isUsual: boolean): Promise<Uint8Array> {
  try {
    return await readSmallFile(file, LARGEST_WORKSPACE)
  } catch (error) {
    if (!isUsual || !isHallpassError(error, 'file.not-found')) throw error
    throw new HallpassError('import.nothing-there', 'Leapp has no workspace on this computer.', {
      hint: `It would be ${file}.`,
    })
  }
}

/** Named profiles that are one session's; `default` is most often just where Leapp puts everything. */
function profileNames({ _sessions, _profiles }: LeappWorkspace): ReadonlyMap<string, string> {
  const uses = Map.groupBy(_sessions, ({ profileId }) => profileId ?? '')
  return new Map(
    _profiles
      .filter(({ id, name }) => name !== 'default' && uses.get(id)?.length === 1)
      .map(({ id, name }) => [id, name]),
  )
}

async function keyOf(label: string, session: LeappSession, secret: LeappParts['secret']): Promise<FoundItem> {
  const item = (name: string) => secret(`${session.sessionId}-iam-user-aws-session-${name}`)
  const accessKeyId = await item('access-key-id')
  const secretAccessKey = await item('secret-access-key')
  if (!accessKeyId || !secretAccessKey || accessKeyId === EMPTY || secretAccessKey === EMPTY) {
    return {
      kind: 'other',
      label,
      why: 'Its access key is not in the keychain of this computer.',
      which: 'has no access key in the keychain',
    }
  }
  const mfaSerial = session.mfaDevice === '' ? undefined : session.mfaDevice
  return { kind: 'key', label, accessKeyId, secretAccessKey, region: session.region, mfaSerial }
}

const OTHERS: Readonly<Record<string, readonly [string, string]>> = {
  awsIamRoleFederated: ['It signs in with SAML, which Hallpass does not do.', 'signs in with SAML'],
  azure: ['It is of Azure.', 'is of Azure'],
  localstack: ['It is of LocalStack, which is no account of AWS’s.', 'is of LocalStack'],
}

function roleOrOther(
  label: string,
  session: LeappSession,
  labelOf: ReadonlyMap<string, string>,
  settings: FoundSettings,
): FoundItem {
  const { type, roleArn, parentSessionId, roleSessionName } = session
  const other = (why: string, which: string): FoundItem => ({ kind: 'other', label, why, which })
  if (type !== 'awsIamRoleChained') {
    return other(...(OTHERS[type] ?? ['It is of a kind that Hallpass does not know.', 'Hallpass does not know']))
  }
  const parent = labelOf.get(parentSessionId ?? '')
  if (parent === undefined) return other('What it starts from is no longer in Leapp.', 'starts from nothing')
  const sessionName = roleSessionName === LEAPPS_OWN_NAME || roleSessionName === '' ? undefined : roleSessionName
  return {
    kind: 'role',
    label,
    arn: roleArn ?? '',
    from: { label: parent },
    settings: { ...settings, sessionName },
    notes: [],
  }
}

function permissionSet(
  label: string,
  { roleArn = '', awsSsoConfigurationId }: LeappSession,
  { _awsSsoIntegrations }: LeappWorkspace,
  settings: FoundSettings,
): FoundItem {
  const integration = _awsSsoIntegrations.find(({ id }) => id === awsSsoConfigurationId)
  if (!integration) {
    const why = 'Its Identity Center is no longer in Leapp.'
    return { kind: 'other', label, why, which: 'has no Identity Center in Leapp' }
  }
  const { alias, portalUrl, region } = integration
  // No ARN of AWS's: Leapp writes account and permission set in this form, without `role`.
  const [, accountId = '', roleName = ''] = /^arn:[\w-]+:iam::(\d{12})[:/](?:role\/)?([^/]+)$/.exec(roleArn) ?? []
  const center = { name: alias === '' ? 'Identity Center' : alias, startUrl: portalUrl, region }
  return { kind: 'permission-set', label, center, accountId, roleName, settings }
}
