/** The user's access key. */
import type { Account } from '../account.ts'
import type { SetupStep, StepContext } from '../step.ts'

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
    const { account, choices } = context
    for (const AccessKeyId of await lostKeys(context))
      await account.look('DeleteAccessKey', { UserName: choices.user, AccessKeyId })
    return accessKey.make(context)
  },
  // By now it may be another one: keys are rotated.
  async unmake(context) {
    const { account, choices, noted, secrets } = context
    const made = isListOfBefore(noted) ? await lostKeys(context) : [noted ?? '']
    for (const AccessKeyId of new Set([...made, ...secrets.keyIds()].filter((id) => id !== '')))
      await account.look('DeleteAccessKey', { UserName: choices.user, AccessKeyId })
  },
}

/**
 * Keys that an interrupted try made and whose secret nobody has: not there before, made by AWS while it went on, and never
 * used since. Without a note there are none: it is written before AWS is asked for a key.
 */
async function lostKeys({ account, choices, noted, isOfThisTry, secrets }: StepContext): Promise<string[]> {
  if (!isListOfBefore(noted)) return []
  const known = [...readList(noted), ...secrets.keyIds()]
  const answer = await account.look('ListAccessKeys', { UserName: choices.user })
  const lost: string[] = []
  for (const { AccessKeyId = '', CreateDate } of answer?.AccessKeyMetadata ?? []) {
    if (known.includes(AccessKeyId) || !isOfThisTry(CreateDate)) continue
    const used = await account.look('GetAccessKeyLastUsed', { AccessKeyId })
    if (!used?.AccessKeyLastUsed?.LastUsedDate) lost.push(AccessKeyId)
  }
  return lost
}

async function keyIds(account: Account, UserName: string): Promise<string[]> {
  const answer = await account.look('ListAccessKeys', { UserName })
  return (answer?.AccessKeyMetadata ?? []).flatMap(({ AccessKeyId }) => AccessKeyId ?? [])
}

/** While a key is being made, the note has the keys there were before; afterwards, its id. */
function isListOfBefore(noted: string | null): noted is string {
  return noted?.startsWith('[') ?? false
}

function readList(text: string): string[] {
  const value: unknown = JSON.parse(text)
  return Array.isArray(value) ? value.map(String) : []
}
