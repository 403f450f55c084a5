/**
 * What tells a shell's prompt whose credentials its environment holds. It is bound to them by the access key id, which
 * is no secret, or the address of the credentials endpoint: with other credentials in the environment it says nothing.
 */
import type { Environment } from '#shared/fields.ts'

/** What a prompt says of a role or identity. */
export interface PromptLabel {
  /** As it was stored, whatever capitals a person typed. */
  readonly name: string
  readonly environment: Environment | null
}

/**
 * `HALLPASS_SESSION`: what it is bound to, the expiry in seconds since the epoch (0: renewed by itself), the
 * environment or `-`, and the name, which may have blanks.
 * @param bound the access key id, or the address of the endpoint
 */
export function sessionMark(
  { name, environment }: PromptLabel,
  bound: string,
  expiration: Date | null,
): { readonly HALLPASS_SESSION: string } {
  const expires = expiration === null ? 0 : Math.floor(expiration.getTime() / 1000)
  return { HALLPASS_SESSION: `${bound} ${expires} ${environment ?? '-'} ${name}` }
}
