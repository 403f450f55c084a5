/** `hallpass identity remove`. */
import type { Handler } from '../descriptor.ts'

export const identityRemove: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const { name, accessKeyId } = hallpass.identities.show(invocation.argument('name'))
  await context.progress.during('Removing the key', hallpass.identities.remove(name))
  if (context.json) context.jsonData({ removed: name })
  else context.note(`Removed ${name} and its secret. The key ${accessKeyId} is still valid in AWS.`)
  return 0
}
