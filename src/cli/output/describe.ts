/** The field lists that describe one record to a person. */

import type { Account } from '#shared/accounts.ts'
import { formatRemaining } from '#shared/duration.ts'
import type { IdentityDetail } from '#shared/identities.ts'
import type { RoleDetail } from '#shared/ipc.ts'
import type { DurationLimits } from '#shared/roles.ts'
import type { SessionState } from '#shared/sessions.ts'
import type { Cell } from './table.ts'
import { clockText, remainingText } from './time.ts'

type Fields = (readonly [string, string | Cell | null])[]

export function describeIdentity(identity: IdentityDetail): Fields {
  return [
    ['Name', { text: identity.name, format: 'bold' }],
    ...originFields(identity),
    ['Account', identity.accountId],
    ['User', identity.userArn],
    ['MFA device', identity.mfaSerial],
    ['MFA codes', identity.mfaSerial === null ? null : mfaCodesSentence(identity)],
    ['Region', identity.region],
    ['Checked', identity.kind === 'identity-center' ? null : checkedCell(identity)],
  ]
}

function originFields(identity: IdentityDetail): Fields {
  switch (identity.kind) {
    case 'access-key':
      return [['Access key', identity.accessKeyId]]
    case 'identity-center':
      return [
        ['Start URL', identity.startUrl],
        ['Identity Center in', identity.ssoRegion],
        ['Shared with the AWS CLI as', identity.cliSession],
      ]
    case 'aws-profile':
      return [['AWS profile', identity.profile]]
  }
}

function mfaCodesSentence({ mfaSource, mfaCommand }: IdentityDetail): string {
  if (mfaSource === 'seed') return 'computed from the stored seed'
  return mfaSource === 'command' ? `printed by: ${mfaCommand}` : 'asked for'
}

function checkedCell({ verified, verifiedAt }: IdentityDetail): Cell {
  if (!verified) return { text: 'no', format: 'yellow' }
  return { text: verifiedAt ? `yes, ${verifiedAt.slice(0, 10)}` : 'yes', format: 'green' }
}

export function describeAccount(account: Account): Fields {
  return [
    ['Account', { text: account.accountId, format: 'bold' }],
    ['Name', account.name],
    ['Environment', environmentCell(account)],
  ]
}

/** What an account is for, and who says so. */
export function environmentCell({ environment, decidedBy }: Account): Cell {
  if (decidedBy === 'nobody') return { text: 'not known', format: 'dim' }
  const text = environment ?? 'none'
  return { text: decidedBy === 'name' ? `${text}, by its name` : text }
}

export function describeRole({ role, summary, chain, duration }: RoleDetail, now: number): Fields {
  const { settings } = role
  const list = (values: readonly string[] | undefined) => (values?.length ? values.join(', ') : null)
  return [
    ['Name', { text: role.name, format: 'bold' }],
    ['State', stateSentence(summary, now)],
    ['ARN', role.arn],
    ['Account', summary.accountName === null ? role.accountId : `${summary.accountName} (${role.accountId})`],
    ['Way', [...chain.map((hop) => hop.name), ...(chain.at(-1)?.name === role.name ? [] : [role.name])].join(' → ')],
    [
      'Profile',
      summary.profileMode ? `${summary.profile} (${summary.profileMode})` : `${summary.profile} (not written)`,
    ],
    ['Region', settings.region ?? null],
    ['Duration', duration ? durationSentence(duration) : null],
    ['Renewal', settings.autoRenew === false ? 'none: its session lapses' : null],
    ['Session name', settings.sessionName ?? null],
    ['External id', settings.externalId ?? null],
    ['MFA', settings.mfa ? 'asked for' : null],
    ['Source identity', settings.sourceIdentity ?? null],
    ['Tags', list(settings.tags?.map((tag) => `${tag.key}=${tag.value}`))],
    ['Transitive', list(settings.transitiveTagKeys)],
    ['Policies', list(settings.policyArns)],
    ['Policy', settings.policy ?? null],
    ['Environment', summary.environment],
    ['Colour', settings.color ?? null],
  ]
}

/** What is asked for, what is possible, and why. */
function durationSentence({ asked, maximum, limit, proven, sharesMfa }: DurationLimits): string {
  const limits = {
    chaining: `at most ${formatRemaining(maximum)}, as AWS has it for chained roles`,
    role: `less than ${formatRemaining(maximum + 1)}, which AWS has refused`,
    service: `at most ${formatRemaining(maximum)}, or less if its maximum in IAM is lower`,
  }
  const known = proven === null ? '' : `; ${formatRemaining(proven)} has worked`
  const shared = sharesMfa ? '; up to 1 h shares the MFA code of its identity’s other roles' : ''
  return `${formatRemaining(asked)} (${limits[limit]}${known}${shared})`
}

/** A session's state in words, coloured like the app's. */
export function stateCell(state: SessionState, expiresAt: string | null, now: number): Cell {
  switch (state) {
    case 'active':
      return { text: expiresAt ? remainingText(expiresAt, now) : 'active', format: 'green' }
    case 'expired':
      return { text: 'expired', format: 'yellow' }
    case 'needs-mfa':
      return { text: 'needs MFA', format: 'yellow' }
    case 'inactive':
      return { text: 'inactive', format: 'dim' }
  }
}

function stateSentence({ state, expiresAt }: RoleDetail['summary'], now: number): Cell {
  const cell = stateCell(state, expiresAt, now)
  if (state !== 'active' || expiresAt === null) return cell
  return { ...cell, text: `active until ${clockText(expiresAt, now)}, ${cell.text}` }
}
