/**
 * The token file of the AWS CLI, botocore and the JS SDK (facts E.2): which JSON it is, read leniently and written
 * exactly.
 *
 * - botocore rewrites it with these keys only, so nothing of ours is ever put in.
 * - Registrations lie in the same folder under the same kind of name; they have no access token.
 */
import { z } from 'zod'
import { HallpassError } from '#shared/errors.ts'
import { isSamePortal } from '#shared/identity-center.ts'
import type { IdentityCenterToken, RegisteredClient } from './records.ts'

/** What such a file says. Files by others may lack everything but the token and its end. */
export interface CliToken {
  readonly startUrl: string | null
  readonly region: string | null
  readonly accessToken: string
  /** ISO 8601, whole seconds. */
  readonly expiresAt: string
  readonly refreshToken: string | null
  readonly client: RegisteredClient | null
}

const text = z.string().regex(/^[\x21-\x7e]{1,16384}$/)
const fileShape = z.object({
  accessToken: text,
  expiresAt: z.string(),
  startUrl: text.nullish(),
  region: text.nullish(),
  clientId: text.nullish(),
  clientSecret: text.nullish(),
  registrationExpiresAt: z.string().nullish(),
  refreshToken: text.nullish(),
})

/**
 * @param file for messages
 * @returns undefined for JSON that is no token, such as a registration
 * @throws `file.unparsable`
 */
export function parseCliToken(json: string, file: string): CliToken | undefined {
  const content = parseObject(json)
  if (!content) throw unparsable(file, 'it is not a JSON object')
  if (content.accessToken === undefined) return undefined
  const parsed = fileShape.safeParse(content)
  // What zod says has the values in it.
  if (!parsed.success) throw unparsable(file, `its ${String(parsed.error.issues[0]?.path[0])} is not as AWS writes it`)
  const { accessToken, startUrl, region, refreshToken } = parsed.data
  const expiresAt = parseTime(parsed.data.expiresAt)
  if (expiresAt === undefined) throw unparsable(file, 'its expiresAt is not a time')
  return {
    startUrl: startUrl ?? null,
    region: region ?? null,
    accessToken,
    expiresAt,
    refreshToken: refreshToken ?? null,
    client: clientOf(parsed.data),
  }
}

/**
 * A sign-in of the AWS CLI as one of Hallpass's own.
 * @returns undefined when it is one to another Identity Center than `instance`
 */
export function adoptCliToken(
  cli: CliToken,
  { startUrl, region }: Pick<IdentityCenterToken, 'startUrl' | 'region'>,
): IdentityCenterToken | undefined {
  const isOther =
    (cli.startUrl !== null && !isSamePortal(cli.startUrl, startUrl)) || (cli.region !== null && cli.region !== region)
  return isOther ? undefined : { ...cli, startUrl, region }
}

/** The file's text for a token, with AWS's keys and no others. */
export function printCliToken(token: IdentityCenterToken): string {
  const { startUrl, region, accessToken, client, refreshToken } = token
  return JSON.stringify({
    ...{ startUrl, region, accessToken },
    expiresAt: wholeSeconds(Date.parse(token.expiresAt)),
    ...(client && {
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      registrationExpiresAt: wholeSeconds(Date.parse(client.expiresAt)),
    }),
    ...(refreshToken !== null && { refreshToken }),
  })
}

/**
 * `2026-11-24T03:24:49Z`, also with a fraction, an offset, or the `UTC` of old CLIs; a time without zone is UTC.
 * @returns whole seconds with `Z`, rounded down
 */
export function parseTime(written: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i.exec(
    written.trim(),
  )
  const [, date, time, zone = 'Z'] = match ?? []
  if (!date || !time) return undefined
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z'
  const local = Date.parse(`${date}T${time}Z`)
  // 30 February is the 1st of March to some, and no day at all.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(`${date}T${time}`)) return undefined
  const ms = Date.parse(`${date}T${time}${offset}`)
  return Number.isNaN(ms) ? undefined : wholeSeconds(ms)
}

function wholeSeconds(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** The whole of it, or nothing: a part is no use. */
function clientOf({ clientId, clientSecret, registrationExpiresAt }: z.infer<typeof fileShape>) {
  const expiresAt = registrationExpiresAt ? parseTime(registrationExpiresAt) : undefined
  return clientId && clientSecret && expiresAt ? { clientId, clientSecret, expiresAt } : null
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function unparsable(file: string, why: string): HallpassError {
  return new HallpassError('file.unparsable', `Hallpass can’t read the sign-in in ${file}: ${why}.`, {
    hint: 'Sign in again with the tool that wrote it, or delete the file.',
  })
}
