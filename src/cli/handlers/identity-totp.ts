/** `hallpass identity totp`. */
import type { Handler } from '../descriptor.ts'

export const identityTotp: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const work = hallpass.mfa.code(invocation.argument('name'))
  const { code, secondsLeft } = await context.progress.during('Getting the code', work)
  if (context.json) context.jsonData({ code, secondsLeft })
  else {
    context.data(code)
    if (secondsLeft !== null) context.note(`Good for ${secondsLeft} s. AWS takes it once.`)
  }
  return 0
}
