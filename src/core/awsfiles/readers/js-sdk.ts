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

export function readAsJsSdk(bytes: Uint8Array, kind: FileKind): FileReading {
  const problems: Problem[] = []
  const found = new Map<string, Values>()
  const headers: { section: string; line: number }[] = []
  let section: string | undefined
  let block: string | undefined
  let next = 1
  for (const line of Buffer.from(bytes).toString('utf8').split(/\r?\n/)) {
    const number = next
    // A lone CR is no line break here, but it is one to editors and to the line numbers of the other readers.
    next += line.includes('\r') ? line.split('\r').length : 1
    const text = cutComment(line).trim()
    if (text === '') continue
    if (text.startsWith('[') && text.endsWith(']')) {
      const header = text.slice(1, -1)
      section = sectionKey(header)
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
    const equals = text.indexOf('=')
    if (equals <= 0) continue
    const name = text.slice(0, equals).trim()
    const value = text.slice(equals + 1).trim()
    if (value === '') {
      block = name
      continue
    }
    if (block && line.trimStart() === line) block = undefined
    const values = found.get(section) ?? new Map<string, string>()
    found.set(section, values)
    const key = block ? `${block}.${name}` : name
    if (isRefused(section, key, kind)) {
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
  return { ...sortOut(found, headers, kind, rejected), problems, rejected }
}

function isRefused(section: string, key: string, kind: FileKind): boolean {
  if (INHERITED.has(section) && section !== '__proto__') return REFUSED.has(key)
  const name = kind === 'config' && section.startsWith('profile.') ? section.slice('profile.'.length) : ''
  if (!INHERITED.has(name) || name === '__proto__') return false
  return REFUSED_IN_MERGE.has(key) || (name === 'constructor' && key === 'prototype')
}

function cutComment(line: string): string {
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
    if (identity.type === 'profile' && INHERITED.has(identity.name)) continue
    maps[identity.type].set(identity.name, values)
  }
  return { profiles, ssoSessions, services, sections }
}

function identify(section: string, kind: FileKind): Pick<SeenSection, 'type' | 'name'> | undefined {
  if (kind === 'credentials') return { type: 'profile', name: section }
  if (section === 'default') return { type: 'profile', name: section }
  const dot = section.indexOf('.')
  const type = TYPES.find((prefix) => prefix === section.slice(0, dot))
  return dot < 0 || !type ? undefined : { type, name: section.slice(dot + 1) }
}
