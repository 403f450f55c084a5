/** The credential report: one CSV of all users of an account (facts of its columns: IAM User Guide, "Credential reports"). */
import type { AccessKey, User } from '../directory.ts'
import type { ResultFields } from '../query.ts'
import { Refusal } from '../refusal.ts'
import { type IamAction, type IamCall, timeText } from './call.ts'

const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...[1, 2].flatMap((number) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (what) => `access_key_${number}_${what}`,
    ),
  ),
]

function rowOf({ iam, directory }: IamCall, user: User): string {
  const login = iam.logins.get(user)
  const [one, two] = directory.keysOf(user)
  const fields = [
    user.name,
    user.arn,
    timeText(user.createdAt),
    String(login !== undefined),
    login ? 'no_information' : 'N/A',
    login ? timeText(login.changedAt) : 'N/A',
    'N/A',
    String(user.devices.length > 0),
    ...keyFields(one),
    ...keyFields(two),
  ]
  return fields.join(',')
}

function keyFields(key: AccessKey | undefined): string[] {
  if (!key) return ['false', 'N/A', 'N/A', 'N/A', 'N/A']
  const { active, createdAt, lastUsed } = key
  const used = lastUsed ? [timeText(lastUsed.at), lastUsed.region, lastUsed.service] : ['N/A', 'N/A', 'N/A']
  return [String(active), timeText(createdAt), ...used]
}

function generate(call: IamCall): ResultFields {
  const { iam, directory, accountId, nowMs } = call
  const rows = directory.users(accountId).map((user) => rowOf(call, user))
  iam.report = { text: [COLUMNS.join(','), ...rows].join('\n'), at: nowMs }
  return { State: 'COMPLETE' }
}

function get({ iam }: IamCall): ResultFields {
  if (!iam.report) throw new Refusal(410, 'ReportNotPresent', 'No report present.')
  const { text, at } = iam.report
  return { Content: Buffer.from(text).toString('base64'), ReportFormat: 'text/csv', GeneratedTime: timeText(at) }
}

export const CREDENTIAL_REPORT_ACTIONS: Readonly<Record<string, IamAction>> = {
  GenerateCredentialReport: { run: generate },
  GetCredentialReport: { run: get },
}
