/**
 * What the AWS SDK for JavaScript v3 sees in a file (`@smithy/shared-ini-file-loader` 4.7). It never rejects a file,
 * except that some names of JavaScript's own (`__proto__`, `toString`) empty it; other odd lines it passes over.
 */
import type { FileKind, FileReading, Problem, SeenSection, Values } from './types.ts'

const PREFIXED = /^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/
const TYPES = ['profile', 'sso-session', 'services'] as const
/** Names every JavaScript object has: the loader's own map takes them for sections it knows and loses their keys. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype))
/** Keys that the functions behind those names refuse to have set, and then the loader throws. */
const REFUSED = new Set(['caller', 'arguments'])
/** The same, but only where the two files are merged: the loader sets them in strict mode there. */
const REFUSED_IN_MERGE = new Set([...REFUSED, 'name', 'length'])
const REFUSED_IN_CONSTRUCTOR = new Set([...REFUSED_IN_MERGE, 'prototype'])
const NONE: ReadonlySet<string> = new Set()

/** As it looks up credentials: with both files merged. */
export function readAsJsSdk(bytes: Uint8Array, kind: FileKind): FileReading {
  return read(bytes, kind, true)
}

/** As it looks up every other setting (`loadConfig`): each file by itself, so that it loses less. */
export function readAsJsSdkSettings(bytes: Uint8Array, kind: FileKind): FileReading {
  return read(bytes, kind, false)
}

function read(bytes: Uint8Array, kind: FileKind, isMerged: boolean): FileReading {
  const problems: Problem[] = []
  const found = new Map<string, Values>()
  const headers: { section: string; line: number }[] = []
  let section: string | undefined
  let values: Values | undefined
  let refused: ReadonlySet<string> = NONE
  let block: string | undefined
  let next = 1
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const hasCr = text.includes('\r')
  for (const line of hasCr ? text.split(/\r?\n/) : text.split('\n')) {
    const number = next
    // A lone CR is no line break here, but it is one to editors and to the line numbers of the other readers.
    next += hasCr && line.includes('\r') ? line.split('\r').length : 1
    const own = cutComment(line).trim()
    if (own === '') continue
    if (own.startsWith('[') && own.endsWith(']')) {
      const header = own.slice(1, -1)
      section = sectionKey(header)
      values = section === undefined ? undefined : found.get(section)
      refused = section === undefined ? NONE : refusedKeys(section, kind, isMerged)
      block = undefined
      if (header === '__proto__' || header === 'profile __proto__') {
        problems.push({
          line: number,
          code: 'section.proto',
          message: 'The section name __proto__ empties the file.',
          fatal: true,
        })
      }
      if (section !== undefined) headers.push({ section, line: number })
      continue
    }
    if (!section) continue
    const equals = own.indexOf('=')
    if (equals <= 0) continue
    const name = own.slice(0, equals).trim()
    const value = own.slice(equals + 1).trim()
    if (value === '') {
      block = name
      continue
    }
    if (block && line.trimStart() === line) block = undefined
    if (!values) {
      values = new Map()
      found.set(section, values)
    }
    const key = block ? `${block}.${name}` : name
    if (refused.has(key)) {
      problems.push({
        line: number,
        code: 'section.inherited',
        message: `The key ${key} in a section named like a part of JavaScript makes the file unreadable.`,
        fatal: true,
      })
    }
    if (key !== '__proto__') values.set(key, value)
  }
  const rejected = problems.length > 0
  return { ...sortOut(found, headers, kind, isMerged, rejected), problems, rejected }
}

/** The keys that make the loader throw in a section. */
function refusedKeys(section: string, kind: FileKind, isMerged: boolean): ReadonlySet<string> {
  if (INHERITED.has(section) && section !== '__proto__') return REFUSED
  if (!isMerged) return NONE
  const name = kind === 'config' && section.startsWith('profile.') ? section.slice('profile.'.length) : ''
  if (!INHERITED.has(name) || name === '__proto__') return NONE
  return name === 'constructor' ? REFUSED_IN_CONSTRUCTOR : REFUSED_IN_MERGE
}

function cutComment(line: string): string {
  if (!line.includes('#') && !line.includes(';')) return line
  const comment = line.search(/(?:^|\s)[;#]/)
  return comment < 0 ? line : line.slice(0, comment)
}

function sectionKey(header: string): string | undefined {
  const match = PREFIXED.exec(header)
  if (!match) return header
  const [, prefix = '', , name = ''] = match
  return (TYPES as readonly string[]).includes(prefix) ? `${prefix}.${name}` : undefined
}

function sortOut(
  found: ReadonlyMap<string, Values>,
  headers: readonly { section: string; line: number }[],
  kind: FileKind,
  isMerged: boolean,
  rejected: boolean,
): Omit<FileReading, 'problems' | 'rejected'> {
  const profiles = new Map<string, Values>()
  const ssoSessions = new Map<string, Values>()
  const services = new Map<string, Values>()
  const sections: SeenSection[] = []
  for (const { section, line } of headers) {
    const identity = identify(section, kind)
    if (identity) sections.push({ ...identity, line })
  }
  if (rejected) return { profiles, ssoSessions, services, sections }
  const maps = { profile: profiles, 'sso-session': ssoSessions, services }
  // `[default]` comes first, so that `[profile default]` replaces it wherever it stands.
  const plain = kind === 'config' ? found.get('default') : undefined
  if (plain) profiles.set('default', plain)
  for (const [section, values] of found) {
    const identity = identify(section, kind)
    if (!identity || (kind === 'config' && section === 'default')) continue
    if (identity.type === 'profile' && isLost(identity.name, kind, isMerged)) continue
    maps[identity.type].set(identity.name, values)
  }
  return { profiles, ssoSessions, services, sections }
}

/** Names of JavaScript's own lose a profile in the maps of credentials and of both files; of config only one does. */
function isLost(name: string, kind: FileKind, isMerged: boolean): boolean {
  return kind === 'config' && !isMerged ? name === '__proto__' : INHERITED.has(name)
}

function identify(section: string, kind: FileKind): Pick<SeenSection, 'type' | 'name'> | undefined {
  if (kind === 'credentials') return { type: 'profile', name: section }
  if (section === 'default') return { type: 'profile', name: section }
  const dot = section.indexOf('.')
  const type = TYPES.find((prefix) => prefix === section.slice(0, dot))
  return dot < 0 || !type ? undefined : { type, name: section.slice(dot + 1) }
}
