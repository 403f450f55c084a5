/** `hallpass role remove`. */
import type { Handler } from '../descriptor.ts'

export const roleRemove: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const { role } = hallpass.roles.show(invocation.argument('name'))
  await hallpass.roles.remove(role.name)
  if (context.json) context.jsonData({ removed: role.name })
  else context.note(`Removed ${role.name}.`)
  return 0
}
