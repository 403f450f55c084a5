/** `hallpass identity test`. */
import type { Handler } from '../descriptor.ts'
import { describeIdentity } from '../output/describe.ts'

export const identityTest: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const identity = await context.progress.during('Asking AWS', hallpass.identities.test(invocation.argument('name')))
  if (context.json) context.jsonData(identity)
  else {
    context.note('The key works.')
    context.fields(describeIdentity(identity))
  }
  return 0
}
