/** `hallpass switch-link`. */
import type { Handler } from '../descriptor.ts'
import { readDestination } from './console.ts'

export const switchLink: Handler = async (context, invocation) => {
  const where = readDestination(context, invocation)
  const url = (await context.hallpass()).console.switchRoleLink(invocation.argument('name'), where)
  if (context.json) context.jsonData({ url })
  else context.data(url)
  return 0
}
