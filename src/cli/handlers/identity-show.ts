/** `hallpass identity show`. */
import type { Handler } from '../descriptor.ts'
import { describeIdentity } from '../output/describe.ts'

export const identityShow: Handler = async (context, invocation) => {
  const identity = (await context.hallpass()).identities.show(invocation.argument('name'))
  if (context.json) context.jsonData(identity)
  else context.fields(describeIdentity(identity))
  return 0
}
