/** `hallpass sso logout`. */
import type { Handler } from '../descriptor.ts'

export const ssoLogout: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const { centers } = await context.hallpass()
  await context.progress.during('Signing out', centers.signOut(name))
  if (context.json) context.jsonData({ name, signedOut: true })
  context.note(`Signed out of ${name}.`)
  return 0
}
