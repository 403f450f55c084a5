/** `hallpass profile remove`. */
import type { Handler } from '../descriptor.ts'

export const profileRemove: Handler = async (context, invocation) => {
  const profile = invocation.argument('profile')
  const hallpass = await context.hallpass()
  await hallpass.profiles.remove(profile)
  if (context.json) context.jsonData({ removed: profile })
  else context.note(`Removed profile ${profile}.`)
  return 0
}
