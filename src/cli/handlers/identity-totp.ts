/** `hallpass identity totp`. */
import type { Handler } from '../descriptor.ts'

export const identityTotp: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const work = hallpass.mfa.code(invocation.argument('name'))
  const { code, validUntil } = await context.progress.during('Getting the code', work)
  const left = secondsLeft(validUntil)
  if (context.json) context.jsonData({ code, secondsLeft: left, validUntil })
  else {
    context.data(code)
    if (left !== null) context.note(`Good for ${left} s. AWS takes it once.`)
  }
  return 0
}

/** Whole seconds until then, or null when that is not known. */
export function secondsLeft(validUntil: string | null): number | null {
  return validUntil === null ? null : Math.max(0, Math.ceil((Date.parse(validUntil) - Date.now()) / 1000))
}
