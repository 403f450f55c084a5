/** The policies that were chosen, looked for before anything is made: attaching waits for what was made a moment ago. */
import { type SetupChoices, setupChoicesSchema } from '#shared/breakglass-setup.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { Account } from './account.ts'
import { policyArn } from './documents.ts'

/** There in every account. */
const { groupPolicy, rolePolicy } = setupChoicesSchema.shape
const EVERYWHERE = [groupPolicy, rolePolicy].map((field) => field.parse(undefined))

/** @throws `iam.not-found`, its hint saying how a policy is named; `iam.*`, `network.*` */
export async function expectPolicies(
  account: Account,
  choices: Pick<SetupChoices, 'groupPolicy' | 'role' | 'rolePolicy'>,
): Promise<void> {
  const chosen = [choices.groupPolicy, ...(choices.role === null ? [] : [choices.rolePolicy])]
  for (const policy of chosen.filter((one) => !EVERYWHERE.includes(one))) {
    if (await isThere(account, policyArn(account.partition, policy))) continue
    throw new HallpassError('iam.not-found', `This account has no policy ${policy}.`, {
      hint: 'Give the name of one of AWS’s own, such as ReadOnlyAccess, or the ARN of one of the account’s.',
    })
  }
}

/** Who may not look finds out when it is attached. */
async function isThere(account: Account, PolicyArn: string): Promise<boolean> {
  try {
    return (await account.look('GetPolicy', { PolicyArn })) !== undefined
  } catch (error) {
    if (isHallpassError(error, 'iam.denied')) return true
    throw error
  }
}
