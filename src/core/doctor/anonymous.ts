/**
 * Takes out of a text what tells whose it is: names, account ids, ARNs, key ids, addresses, paths. With stand-ins, the
 * same name has the same one everywhere in a report, and another one in the next: they are made with a salt that nobody
 * keeps, so that an account id can't be guessed from its stand-in.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { ReportNames } from '#shared/doctor.ts'
import { REGIONAL_PORTALS } from '#shared/portal-hosts.ts'
import { redact } from '../redact.ts'

/** By kind: `role`, `profile`, `folder`, … */
export type KnownNames = Readonly<Record<string, readonly string[]>>

const ARN = /\barn:aws[\w-]*:[a-z0-9-]*:[a-z0-9-]*:\d*:[^\s"'<>\\,;)\]}]+/g
const KEY_ID = /\b(?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA)[A-Z0-9•]{4,}/g
const ACCOUNT_ID = /(?<![\d.])\d{12}(?![\d.])/g
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
/** Hosts of Identity Center name a company. */
const START_PAGE = new RegExp(`\\b[\\w-]+\\.(?:${['awsapps\\.(?:com|cn)', ...REGIONAL_PORTALS].join('|')})\\b`, 'g')

/** @returns what makes a text anonymous. Secrets are blanked too, whatever they look like to `redact`. */
export function createAnonymiser(known: KnownNames, names: ReportNames): (text: string) => string {
  const salt = randomBytes(32)
  const standIn = (kind: string, value: string) =>
    names === 'left-out' ? `‹${kind}›` : `${kind}-${createHmac('sha256', salt).update(value).digest('hex').slice(0, 8)}`
  // Longest first: a name that contains another must not leave its rest behind.
  const replacements = Object.entries(known)
    .flatMap(([kind, values]) => values.map((value) => [kind, value] as const))
    .filter(([, value]) => value.length > 0)
    .sort(([, one], [, other]) => other.length - one.length)
  const byValue = new Map<string, string>()
  for (const [kind, value] of replacements) if (!byValue.has(value)) byValue.set(value, kind)
  const pattern =
    byValue.size === 0 ? undefined : new RegExp(Array.from(byValue.keys(), (value) => bounded(value)).join('|'), 'g')

  return (text) => {
    const shaped = redact(text)
      .replaceAll(ARN, (arn) => standIn('arn', arn))
      .replaceAll(KEY_ID, (id) => `${id.slice(0, 4)}…`)
      .replaceAll(EMAIL, (address) => standIn('address', address))
      .replaceAll(START_PAGE, (host) => standIn('host', host))
    const named = pattern ? shaped.replaceAll(pattern, (value) => standIn(byValue.get(value) ?? 'name', value)) : shaped
    return named.replaceAll(ACCOUNT_ID, (id) => standIn('account', id))
  }
}

/** The value on its own, not as a part of a longer word. */
function bounded(value: string): string {
  return `(?<![\\w])${value.replaceAll(/[$()*+./?[\\\]^{|}-]/g, '\\$&')}(?![\\w])`
}
