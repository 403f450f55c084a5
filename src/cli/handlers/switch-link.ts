/** `hallpass switch-link`. */
import type { Handler } from '../descriptor.ts'

export const switchLink: Handler = async (context, invocation) => {
  const destination = invocation.text('destination')
  const options = destination === undefined ? {} : { destination }
  const url = (await context.hallpass()).console.switchRoleLink(invocation.argument('name'), options)
  if (context.json) context.jsonData({ url })
  else context.data(url)
  return 0
}
