/**
 * The configuration of a switch-roles browser extension (AWS Extend Switch Roles): sections like those of the AWS config
 * file, with `aws_account_id` and `role_name` instead of an ARN where a person likes, and base accounts that roles are
 * switched to from. It holds no keys, so a role starts from what Hallpass has.
 */
import { HallpassError } from '#shared/errors.ts'
import { partitionOfRegion } from '#shared/partitions.ts'
import { type Found, type FoundItem, LabelSpace } from './found.ts'

/** What Hallpass has that roles can start from. */
export interface Starts {
  readonly identities: readonly { readonly name: string; readonly accountId: string | null }[]
  /** What the person named for roles whose start is not known. */
  readonly from: string | undefined
}

type Section = ReadonlyMap<string, string>

/** @throws `import.invalid` with the line, for a text the extension would not take either, and for one with keys in it */
export function findInSwitchRoles(text: string, starts: Starts): Found {
  const sections = readSections(text)
  const items = [...sections].map(([label, section]) => itemOf(label, section, sections, starts))
  return { files: [], items }
}

function itemOf(label: string, section: Section, sections: ReadonlyMap<string, Section>, starts: Starts): FoundItem {
  const other = (why: string): FoundItem => ({ kind: 'other', label, why, which: 'is not imported' })
  const sourceName = section.get('source_profile')
  const source = sourceName === undefined ? undefined : sections.get(sourceName)
  const region = section.get('region') ?? source?.get('target_region')
  const arn = roleArnOf(section, source, region)
  if (arn === undefined) {
    return section.has('aws_account_id')
      ? other('It is an account that roles start from, and no role itself.')
      : other('It names neither a role nor an account.')
  }
  if (arn === null) return other('It names its account by an alias: Hallpass needs the 12 digits.')
  if (sourceName !== undefined && source === undefined)
    return other(`It starts from ${sourceName}, which is not there.`)
  const from = startOf(sourceName, source, starts)
  if (from === undefined) return other('It does not say what it starts from. Name an identity or a role for it.')
  const duration = section.get('duration_seconds')
  return {
    kind: 'role',
    label,
    arn,
    from,
    settings: {
      profile: label,
      region,
      color: section.get('color'),
      externalId: section.get('external_id'),
      sessionName: section.get('role_session_name'),
      durationSeconds: duration !== undefined && /^\d+$/.test(duration) ? Number(duration) : undefined,
    },
    notes: [],
  }
}

/** @returns undefined for what is no role, null when the account is not named by its number */
function roleArnOf(
  section: Section,
  source: Section | undefined,
  region: string | undefined,
): string | undefined | null {
  const arn = section.get('role_arn')
  if (arn !== undefined) return arn
  const account = section.get('aws_account_id')
  const role = section.get('role_name') ?? source?.get('target_role_name')
  if (account === undefined || role === undefined) return undefined
  const partition = partitionOfRegion(region ?? '')?.id ?? 'aws'
  return /^\d{12}$/.test(account) ? `arn:${partition}:iam::${account}:role/${role}` : null
}

function startOf(sourceName: string | undefined, source: Section | undefined, { identities, from }: Starts) {
  if (sourceName !== undefined && source && (source.has('role_arn') || source.has('role_name'))) {
    return { label: sourceName }
  }
  const account = source?.get('aws_account_id')
  const inAccount = identities.filter(({ accountId }) => accountId !== null && accountId === account)
  const [only, ...more] = inAccount.length > 0 ? inAccount : identities
  if (inAccount.length === 1 && only) return { name: only.name }
  if (from !== undefined) return { name: from }
  return only && more.length === 0 ? { name: only.name } : undefined
}

/** Sections in their order; the extension refuses a key that comes twice, and a line that is neither. */
function readSections(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, string>>()
  const labels = new LabelSpace()
  let current: Map<string, string> | undefined
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  for (const [index, raw] of lines.entries()) {
    // Comments too: the text is shown.
    if (/aws_(?:access_key_id|secret_access_key|session_token|security_token)\s*=/i.test(raw)) throw keysInside()
    const line = raw.replace(/[;#].*$/, '').trim()
    if (line === '') continue
    const header = /^\[(.+)\]$/.exec(line)?.[1]?.trim()
    if (header !== undefined) {
      current = new Map()
      sections.set(labels.take(header.replace(/^profile\s+/i, '')), current)
      continue
    }
    const at = line.indexOf('=')
    if (at < 1) throw invalid(index + 1, 'is neither a section nor a setting')
    if (!current) throw invalid(index + 1, 'comes before the first section')
    const key = line.slice(0, at).trim().toLowerCase()
    if (current.has(key)) throw invalid(index + 1, `sets ${key} a second time`)
    current.set(key, line.slice(at + 1).trim())
  }
  return sections
}

function invalid(line: number, what: string): HallpassError {
  return new HallpassError('import.invalid', `Line ${line} ${what}.`, {
    hint: 'Copy the whole configuration from the settings of the extension.',
  })
}

function keysInside(): HallpassError {
  return new HallpassError(
    'import.invalid',
    'There are access keys in this text, which no switch-roles extension has.',
    {
      hint: 'Import it as an AWS file instead: then the keys go to the vault.',
    },
  )
}
