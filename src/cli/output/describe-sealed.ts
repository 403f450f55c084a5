/** Sealed credentials in words; never a secret, nor how long one is. */
import type { SealedCredential, SealedPart, SealedTask } from '#shared/breakglass.ts'
import { environmentLabel } from '#shared/environment.ts'
import type { Cell } from './table.ts'

const PARTS: Readonly<Record<SealedPart, string>> = {
  password: 'password',
  'totp-seed': 'TOTP',
  'secret-access-key': 'access key',
}

const TASKS: Readonly<Record<SealedTask, string>> = {
  'rotate-password': 'change the password',
  'rotate-key': 'change the access key',
  note: 'write a note',
}

export function insideText({ holds }: Pick<SealedCredential, 'holds'>): string {
  return holds.map((part) => PARTS[part]).join(', ')
}

export function tasksText(tasks: readonly SealedTask[]): string {
  return tasks.map((task) => TASKS[task]).join(', ')
}

export function describeSealed(sealed: SealedCredential): (readonly [string, string | Cell | null])[] {
  const day = (moment: string | null) => moment?.slice(0, 10) ?? null
  return [
    ['Name', { text: sealed.name, format: 'bold' }],
    ['State', sealed.openUntil === null ? { text: 'sealed', format: 'green' } : { text: 'open', format: 'yellow' }],
    ['Account', [sealed.accountName ?? sealed.accountAlias, sealed.accountId].filter(Boolean).join(', ') || null],
    ['Environment', environmentLabel(sealed.environment)],
    ['User', sealed.userName],
    ['Sign-in', sealed.signInUrl],
    ['Access key', sealed.accessKeyId],
    ['MFA device', sealed.mfaSerial],
    ['Inside', insideText(sealed)],
    ...sealed.roles.map((role): [string, string] => ['Role', role.link ?? role.arn]),
    ['Sealed', day(sealed.createdAt)],
    ['Opened', day(sealed.lastOpenedAt) ?? 'never'],
    ['Password', sealed.passwordRotatedAt === null ? null : `changed ${day(sealed.passwordRotatedAt)}`],
    ['Key', sealed.keyRotatedAt === null ? null : `changed ${day(sealed.keyRotatedAt)}`],
    ['Drill', day(sealed.lastDrillAt)],
    ['To do', sealed.tasks.length === 0 ? null : { text: tasksText(sealed.tasks), format: 'yellow' }],
  ]
}
