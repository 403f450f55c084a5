/** The user's console password. */
import { isHallpassError } from '#shared/errors.ts'
import type { Account } from '../account.ts'
import { makePassword } from '../password.ts'
import { isRefusal } from '../refusal.ts'
import { SECRET, type SealedSecrets, type SetupStep } from '../step.ts'

export const password: SetupStep = {
  id: 'password',
  isWanted: () => true,
  subject: ({ user: name }) => name,
  calls: ({ user: UserName }) => [
    { operation: 'CreateLoginProfile', input: { UserName, Password: SECRET, PasswordResetRequired: false } },
  ],
  async look({ account, choices, secrets }) {
    if (!(await account.look('GetLoginProfile', { UserName: choices.user }))) return 'absent'
    return secrets.has('password') ? 'exists' : { differs: 'It has a password that Hallpass does not know.' }
  },
  createdAt: async ({ account, choices }) =>
    (await account.look('GetLoginProfile', { UserName: choices.user }))?.LoginProfile?.CreateDate,
  async make({ account, choices, secrets }) {
    const isNew = !secrets.has('password')
    const Password = await knownPassword(account, secrets)
    const input = { UserName: choices.user, Password, PasswordResetRequired: false }
    const create = () => account.send('CreateLoginProfile', input)
    await account.patiently('iam.not-found', create).catch(async (error: unknown) => {
      // Kept, it would pass for the password of a user that got another one meanwhile.
      const isOfNoUse = isHallpassError(error, 'iam.password-policy') || (isNew && isRefusal(error))
      if (isOfNoUse) await secrets.dropPassword()
      throw error
    })
    return null
  },
  // Which password it was made with is not to be seen: the one in the vault is set once more.
  async mend({ account, choices, secrets }) {
    const Password = await knownPassword(account, secrets)
    await account.send('UpdateLoginProfile', { UserName: choices.user, Password, PasswordResetRequired: false })
    return null
  },
  abandon: ({ secrets }) => secrets.dropPassword(),
  async unmake({ account, choices }) {
    await account.look('DeleteLoginProfile', { UserName: choices.user })
  },
}

/** In the vault before AWS hears of it. */
async function knownPassword(account: Account, secrets: SealedSecrets): Promise<string> {
  if (secrets.has('password')) return secrets.get('password')
  const policy = await account.look('GetAccountPasswordPolicy', {})
  const made = makePassword(policy?.PasswordPolicy)
  await secrets.put('password', made)
  return made
}
