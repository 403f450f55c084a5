/** `hallpass role show`. */
import type { Handler } from '../descriptor.ts'
import { describeRole } from '../output/describe.ts'

export const roleShow: Handler = async (context, invocation) => {
  const detail = (await context.hallpass()).roles.show(invocation.argument('name'))
  const { role, summary, chain, session, duration } = detail
  // The stored record and the list's row in one object, so that every field has its place at the top.
  if (context.json) context.jsonData({ ...role, ...summary, chain, session, duration })
  else context.fields(describeRole(detail, Date.now()))
  return 0
}
