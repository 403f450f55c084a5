/** @returns a sentence that says how to sign in, without a full stop: a command ends it */
export function signInHint(name: string): string {
  return `Sign in with: hallpass sso login ${/[^\w.@+=,:/-]/.test(name) ? `"${name}"` : name}`
}
