/** Which entries a query wants. Most are told by a look at their text, without reading them as JSON. */
import { type ActivityGroup, type ActivityQuery, activityGroupOf } from '#shared/activity-view.ts'
import { targetNamed } from '../names.ts'
import type { Store } from '../store/types.ts'
import type { Row } from './log-file.ts'
import { parseJson } from './read-record.ts'

/** The form is fixed, so the first fields stand at its beginning. */
const HEAD = /^\{"seq":\d+,"at":"([\d:.TZ-]{20,30})","kind":"([a-z.-]{1,40})"/

export interface Head {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly group: ActivityGroup | undefined
}

/** When an entry was made and of which group it is; `undefined` for one that can't be read. */
export function headOf({ entry }: Pick<Row, 'entry'>): Head | undefined {
  const [, at = '', kind = ''] = HEAD.exec(entry) ?? []
  const time = Date.parse(at)
  return Number.isNaN(time) ? undefined : { at: time, group: activityGroupOf(kind) }
}

export interface Matcher {
  /** Says what is looked for, names and accounts resolved: the same text wants the same entries. */
  readonly key: string
  /** By search and name alone; time and group are the head's. */
  fits(row: Row): boolean
}

interface Term {
  readonly text: string
  /** Accounts that are called so. */
  readonly accounts: readonly string[]
}

/** What a query wants of texts and names, as roles and accounts are called now. */
export function createMatcher({ search = '', name }: ActivityQuery, store: Store): Matcher {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const accounts = words.length === 0 ? [] : store.accounts.list()
  const terms: Term[] = words.map((text) => ({
    text,
    accounts: accounts.filter((one) => one.name?.toLowerCase().includes(text)).map((one) => one.accountId),
  }))
  const wanted = name?.toLowerCase()
  const target = name === undefined ? undefined : targetNamed(store, name)?.key
  const accountOf = (key: string) =>
    key.startsWith('role:') ? (store.roles.byId(key.slice('role:'.length))?.accountId ?? '') : ''

  return {
    key: JSON.stringify([terms, wanted ?? null, target ?? null]),
    fits(row) {
      if (terms.length === 0 && wanted === undefined) return true
      if (!mayFit(row, terms, wanted, target)) return false
      const content = parseJson(row.entry)
      if (!isObject(content)) return false
      const { name: named, target: about, accountId } = content
      const isNamed =
        wanted === undefined || textOf(named).toLowerCase() === wanted || (target !== undefined && about === target)
      if (!isNamed) return false
      if (terms.length === 0) return true
      const texts = textsOf(content).join('\n').toLowerCase()
      return terms.every(
        ({ text, accounts: called }) =>
          row.hash.startsWith(text) ||
          texts.includes(text) ||
          (called.length > 0 && called.includes(textOf(accountId) || accountOf(textOf(about)))),
      )
    },
  }
}

/** A look at the text alone, which is far quicker than reading it, and rules out most. */
function mayFit({ entry, hash }: Row, terms: readonly Term[], name: string | undefined, target: string | undefined) {
  const raw = entry.toLowerCase()
  const isNamed = name === undefined || raw.includes(escaped(name)) || (target !== undefined && raw.includes(target))
  return (
    isNamed &&
    terms.every(({ text, accounts }) => accounts.length > 0 || hash.startsWith(text) || raw.includes(escaped(text)))
  )
}

/** As it stands in JSON. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Neither what a person looks for: the time is the histogram's, and ids are nobody's words. */
const NOT_SEARCHED = new Set(['at', 'target', 'previous'])

/** Every text in an entry that a person may look for, whatever its shape: somebody may have changed it. */
function textsOf(content: object): string[] {
  return Object.entries(content).flatMap(([key, value]: [string, unknown]) => {
    if (NOT_SEARCHED.has(key)) return []
    if (typeof value === 'string') return [value]
    return isObject(value) ? textsOf(value) : []
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
