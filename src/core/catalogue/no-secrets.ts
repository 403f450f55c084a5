/** Refuses a catalogue with something in it that looks like a secret, and says where: never what. */
import { HallpassError } from '#shared/errors.ts'

/** By shape, as redact.ts knows them; ARNs are taken out first, whose paths may look like keys. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/, 'an access key id'],
  [
    /(?<![A-Za-z0-9+/])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/,
    'a secret access key',
  ],
  [/(?<![A-Za-z0-9+/])(?:IQoJ|FwoG|FQoG|AQoD)[A-Za-z0-9+/=_-]{16,}/, 'a session token'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\baws_(?:secret_access_key|session_token)\b/i, 'a secret of an AWS file'],
  [/\botpauth:\/\//i, 'a TOTP seed'],
]
const ARN = /arn:aws[a-z-]*:[^\s"',\\]+/g

/** @param text as it came, comments and all. @throws `catalogue.secret` */
export function refuseSecretLines(text: string): void {
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) refuse(line, `line ${index + 1}`)
}

/** The same of what was read from it, where an escape may have hidden something. @throws `catalogue.secret` */
export function refuseSecretValues(value: unknown, place: readonly (string | number)[] = []): void {
  if (typeof value === 'string') refuse(value, place.join(', ') || 'the text')
  else if (Array.isArray(value))
    for (const [index, each] of value.entries()) refuseSecretValues(each, [...place, index + 1])
  else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      refuse(key, place.join(', ') || 'the text')
      refuseSecretValues(each, [...place, key])
    }
  }
}

function refuse(text: string, place: string): void {
  const plain = text.replaceAll(ARN, '')
  const shape = SHAPES.find(([pattern]) => pattern.test(plain))
  if (!shape) return
  throw new HallpassError('catalogue.secret', `There is what looks like ${shape[1]} in the catalogue (${place}).`, {
    hint: 'A catalogue goes to everybody in a team, and has no secrets. Take it out, and replace it in AWS if it is real. Nothing was taken in.',
  })
}
