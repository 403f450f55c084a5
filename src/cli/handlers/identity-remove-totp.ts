/** `hallpass identity remove-totp`. */
import type { Handler } from '../descriptor.ts'

export const identityRemoveTotp: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const { name } = hallpass.identities.show(invocation.argument('name'))
  await context.progress.during('Removing the seed', hallpass.mfa.removeSeed(name))
  if (context.json) context.jsonData(hallpass.identities.show(name))
  else context.note(`Removed the TOTP seed of ${name}. Its MFA device works as before, and codes are asked for again.`)
  return 0
}
