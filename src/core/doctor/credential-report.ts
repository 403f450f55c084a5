/** What AWS's credential report says of the users of an account (IAM User Guide, "Credential reports"). */
import type { Account } from '../breakglass/setup/account.ts'
import { parseConsoleTable } from '../console-csv.ts'

export interface ReportedUser {
  /** Milliseconds since the epoch; null without a password. */
  readonly passwordChangedAt: number | null
}

/** How often it is asked whether the report is ready. AWS makes a new one at most every four hours. */
const TRIES = 8
const BETWEEN_MS = 1000

/**
 * @returns the users by name; `undefined` when AWS is still at it
 * @throws `iam.denied` without the right to read it, `iam.*`, `network.*`, `csv.invalid`
 */
export async function readCredentialReport(
  account: Pick<Account, 'send'>,
  wait: (ms: number) => Promise<unknown>,
): Promise<ReadonlyMap<string, ReportedUser> | undefined> {
  for (let tried = 0; ; tried += 1) {
    const { State } = await account.send('GenerateCredentialReport', {})
    if (State === 'COMPLETE') break
    if (tried === TRIES) return undefined
    await wait(BETWEEN_MS)
  }
  const { Content } = await account.send('GetCredentialReport', {})
  return usersOf(Buffer.from(Content ?? []).toString('utf8'))
}

/** @throws `csv.invalid` */
export function usersOf(csv: string): ReadonlyMap<string, ReportedUser> {
  const { rows } = parseConsoleTable(csv, 'This is AWS’s credential report. Check again later.')
  return new Map(
    rows.map((row) => {
      const changedAt = Date.parse(row.value('password_last_changed'))
      return [
        row.value('user'),
        {
          passwordChangedAt: Number.isNaN(changedAt) ? null : changedAt,
        },
      ]
    }),
  )
}
