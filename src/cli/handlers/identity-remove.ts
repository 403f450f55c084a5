/** `hallpass identity remove`. */
import type { Handler } from '../descriptor.ts'

export const identityRemove: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const identity = hallpass.identities.show(invocation.argument('name'))
  const { name } = identity
  await context.progress.during('Removing it', hallpass.identities.remove(name))
  if (context.json) context.jsonData({ removed: name })
  else if (identity.kind === 'access-key')
    context.note(`Removed ${name} and its secret. The key ${identity.accessKeyId} is still valid in AWS.`)
  else context.note(`Removed ${name}.`)
  return 0
}
