/** `hallpass identity add-profile`: a profile of the AWS files as where credentials start. */
import type { Handler } from '../descriptor.ts'
import { shellWord } from '../input/mfa-prompt.ts'
import { describeIdentity } from '../output/describe.ts'

export const identityAddProfile: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const profile = invocation.text('profile') ?? name
  const region = invocation.text('region')
  const { identities } = await context.hallpass()
  const identity = await context.progress.during(
    `Asking the profile ${profile} for credentials`,
    identities.addProfile({ name, profile, ...(region === undefined ? {} : { region }) }),
  )
  if (context.json) context.jsonData(identity)
  else {
    context.note(`Added ${identity.name}; nothing of the profile ${profile} is stored.`)
    context.fields(describeIdentity(identity))
  }
  context.note(`Next: hallpass role add NAME --arn ARN --from ${shellWord(identity.name)}`)
  return 0
}
