/** The user's access key. */
import type { Account } from '../account.ts'
import type { SetupStep } from '../step.ts'

export const accessKey: SetupStep = {
  id: 'access-key',
  isWanted: ({ withAccessKey }) => withAccessKey,
  subject: ({ user: name }) => name,
  calls: ({ user: UserName }) => [{ operation: 'CreateAccessKey', input: { UserName } }],
  async look({ account, choices, secrets }) {
    const answer = await account.look('ListAccessKeys', { UserName: choices.user })
    if (!answer?.AccessKeyMetadata?.length) return 'absent'
    return secrets.has('secret-access-key') ? 'exists' : 'absent'
  },
  async make(context) {
    const { account, choices, secrets } = context
    const before = await keyIds(account, choices.user)
    context.note(JSON.stringify(before))
    const input = { UserName: choices.user }
    const { AccessKey } = await account.patiently('iam.not-found', () => account.send('CreateAccessKey', input))
    await secrets.putKey(AccessKey?.AccessKeyId ?? '', AccessKey?.SecretAccessKey ?? '')
    return AccessKey?.AccessKeyId ?? null
  },
  // A key whose secret was lost with the answer: it goes, and another one is made.
  async mend(context) {
    const { account, choices, noted } = context
    // Interrupted before the keys there were had been noted, which comes before AWS is asked for one.
    if (noted === null) return accessKey.make(context)
    const before = readList(noted)
    for (const AccessKeyId of await keyIds(account, choices.user)) {
      if (!before.includes(AccessKeyId)) await account.look('DeleteAccessKey', { UserName: choices.user, AccessKeyId })
    }
    return accessKey.make(context)
  },
  // By now it may be another one: keys are rotated.
  async unmake({ account, choices, noted, secrets }) {
    // While it was being made, the note has the keys there were before.
    const before = noted?.startsWith('[') ? readList(noted) : undefined
    const going = before
      ? (await keyIds(account, choices.user)).filter((id) => !before.includes(id))
      : [noted ?? '', ...secrets.keyIds()].filter((id) => id !== '')
    for (const AccessKeyId of new Set(going))
      await account.look('DeleteAccessKey', { UserName: choices.user, AccessKeyId })
  },
}

async function keyIds(account: Account, UserName: string): Promise<string[]> {
  const answer = await account.look('ListAccessKeys', { UserName })
  return (answer?.AccessKeyMetadata ?? []).flatMap(({ AccessKeyId }) => AccessKeyId ?? [])
}

function readList(text: string): string[] {
  const value: unknown = JSON.parse(text)
  return Array.isArray(value) ? value.map(String) : []
}
