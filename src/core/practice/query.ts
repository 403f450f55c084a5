/** The Query protocol: form parameters in, XML documents of STS and IAM out. Every value is escaped. */
import type { Refusal } from './refusal.ts'

/** Versions of the two Query APIs, and the namespaces of their documents. */
export const STS_VERSION = '2011-06-15'
export const IAM_VERSION = '2010-05-08'
export const NAMESPACES: Readonly<Record<string, string>> = {
  [STS_VERSION]: `https://sts.amazonaws.com/doc/${STS_VERSION}/`,
  [IAM_VERSION]: `https://iam.amazonaws.com/doc/${IAM_VERSION}/`,
}

/** Path and query of a request target, both undecoded; the query without its question mark. */
export function splitTarget(target: string): { path: string; query: string } {
  const question = target.indexOf('?')
  return question < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, question), query: target.slice(question + 1) }
}

/** The parameters of one call. The first of two equal names counts. */
export class QueryParameters {
  readonly #values = new Map<string, string>()

  /** @param sources query strings or form bodies, the earlier ones counting first; malformed escapes stay as they are */
  constructor(...sources: string[]) {
    for (const source of sources)
      for (const [name, value] of new URLSearchParams(source))
        if (!this.#values.has(name)) this.#values.set(name, value)
  }

  get(name: string): string | undefined {
    return this.#values.get(name)
  }

  /** The members of a list parameter (`Tags.member.1.Key`), in order of their index, each as its own parameters. */
  members(name: string): Map<string, string>[] {
    const prefix = `${name}.member.`
    const members = new Map<number, Map<string, string>>()
    for (const [key, value] of this.#values) {
      const match = key.startsWith(prefix) ? /^(\d{1,6})(?:\.(.+))?$/s.exec(key.slice(prefix.length)) : null
      if (!match) continue
      const index = Number(match[1])
      const fields = members.get(index) ?? new Map<string, string>()
      members.set(index, fields.set(match[2] ?? '', value))
    }
    return [...members].sort(([a], [b]) => a - b).map(([, fields]) => fields)
  }
}

/** A result element: text, a number, nested elements, a list of members, or a map of entries; `undefined` ones are left out. */
export interface ResultFields {
  readonly [element: string]: ResultValue | undefined
}
export type ResultValue =
  | string
  | number
  | boolean
  | ResultFields
  | readonly ResultValue[]
  | ReadonlyMap<string, number>

/** `<ActionResponse>` with its `<ActionResult>` and request id. */
export function renderResult(version: string, action: string, result: ResultFields, requestId: string): string {
  return (
    `<${action}Response xmlns="${namespaceOf(version)}"><${action}Result>${renderFields(result)}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
  )
}

/** `<ErrorResponse>`; a status of 500 and above is the receiver's fault. */
export function renderError(version: string, refusal: Refusal, requestId: string): string {
  const type = refusal.status >= 500 ? 'Receiver' : 'Sender'
  const error = renderFields({ Error: { Type: type, Code: refusal.code, Message: refusal.message } })
  return `<ErrorResponse xmlns="${namespaceOf(version)}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`
}

function namespaceOf(version: string): string {
  return NAMESPACES[version] ?? NAMESPACES[STS_VERSION] ?? ''
}

function renderFields(fields: ResultFields): string {
  return Object.entries(fields)
    .map(([element, value]) => (value === undefined ? '' : `<${element}>${renderValue(value)}</${element}>`))
    .join('')
}

function renderValue(value: ResultValue): string {
  if (isList(value)) return value.map((member) => `<member>${renderValue(member)}</member>`).join('')
  if (value instanceof Map)
    return [...value].map(([key, each]) => `<entry>${renderFields({ key, value: each })}</entry>`).join('')
  return typeof value === 'object' ? renderFields(value as ResultFields) : escapeMarkup(String(value))
}

function isList(value: ResultValue): value is readonly ResultValue[] {
  return Array.isArray(value)
}

// XML 1.0 has no way to write these, not even escaped: a parser would reject the whole document.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being looked for
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Escapes text for XML and HTML, in content and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/\r/g, '&#13;')
}
