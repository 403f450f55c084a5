/** From what is typed to what is listed. No state and no clock of its own: the same question has the same answer. */
import type { IdentityDetail } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { ENVIRONMENTS } from '../lib/environment.ts'
import { accountInFours } from '../lib/format.ts'
import { strings } from '../strings.ts'
import { elsewhereOf } from './elsewhere.ts'
import type { AccountLine, Item, Scope, Section } from './items.ts'
import { matchText } from './marking.ts'
import { deedsOf, firstDeedOf, type RoleDeedLine } from './role-deeds.ts'
import type { RoleIndex } from './role-index.ts'
import { termsOf } from './terms.ts'

/** Roles shown at first; the rest waits behind one line, so that actions stay in reach. */
const ROLES_SHOWN = 6
const ROLES_AT_MOST = 100
const ACTIONS_SHOWN = 3
const ELSEWHERE_SHOWN = 4
const ACCOUNTS_SHOWN = 50
/** What being chosen often is worth beside a match, in points of a score. */
const CHOSEN_OFTEN = 1600

export interface Question {
  readonly query: string
  readonly scope: Scope | null
  /** All roles found are asked for, not the first few. */
  readonly isWhole: boolean
}

export interface Sources {
  readonly index: RoleIndex
  readonly roles: readonly RoleRow[]
  readonly identities: readonly IdentityDetail[]
  /** How many sessions are live. */
  readonly live: number
  /** The role selected in the list: actions are on it when the query finds no role. */
  readonly selected: RoleRow | null
  /** How often things beside roles are chosen, by id, from 0 to 1. */
  readonly chosen: ReadonlyMap<string, number>
  /** What "Copy as env" copies, in words. */
  readonly shell: string
  /** Milliseconds. */
  readonly now: number
}

export interface Results {
  readonly sections: readonly Section[]
  /** How many things were found, shown or not. */
  readonly total: number
}

export function answer(question: Question, sources: Sources): Results {
  const { query, scope } = question
  if (scope?.kind === 'role') return actionsOfScope(query, scope.role, sources)
  if (scope?.kind === 'account') return rolesIn(question, scope, sources)
  if (query.startsWith('>')) return actionsOnly(query.slice(1), sources)
  if (query.startsWith('@')) return accounts(query.slice(1), sources)
  return everything(question, sources)
}

function everything(question: Question, sources: Sources): Results {
  const { roles } = strings.palette.groups
  const terms = termsOf(question.query)
  const found = roleSection(question, sources, terms.length === 0 ? strings.palette.groups.recent : roles)
  if (found.total === 0 && terms.length > 1) {
    const split = roleAndAction(terms, sources)
    if (split !== undefined) return split
  }
  const first = found.section.items[0]
  const role = first?.kind === 'role' ? first.role : sources.selected
  const isFound = first?.kind === 'role'
  const actions = terms.length === 0 ? [] : actionsOn(role, terms, sources, isFound).slice(0, ACTIONS_SHOWN)
  const elsewhere = elsewhereItems(terms, sources)
  const sections = [
    found.section,
    { id: 'actions', heading: role === null ? '' : headingOf(role), items: actions },
    { id: 'elsewhere', heading: strings.palette.groups.elsewhere, items: elsewhere.slice(0, ELSEWHERE_SHOWN) },
  ]
  return { sections: filled(sections), total: found.total + actions.length + elsewhere.length }
}

/** `padm console`: a role by its first words, and what to do with it by the last. */
function roleAndAction(terms: readonly string[], sources: Sources): Results | undefined {
  const { hits } = sources.index.search(terms.slice(0, -1).join(' '), { limit: ROLES_SHOWN })
  const items = hits.slice(0, ACTIONS_SHOWN).flatMap(({ role }) => {
    const best = matching(deedsOf(role, sources.now, sources.shell), terms.slice(-1))[0]
    return best === undefined ? [] : [actionItem(best.line, { text: best.line.does, places: best.places })]
  })
  const [first] = hits
  if (items.length === 0 || first === undefined) return undefined
  const { groups } = strings.palette
  const section = { id: 'actions', heading: items.length === 1 ? headingOf(first.role) : groups.roles, items }
  return { sections: [section], total: items.length }
}

function rolesIn(question: Question, scope: Scope & { kind: 'account' }, sources: Sources): Results {
  const { section, total } = roleSection(
    question,
    sources,
    strings.palette.groups.rolesIn(scope.label),
    scope.accountId,
  )
  return { sections: filled([section]), total }
}

function roleSection(question: Question, sources: Sources, heading: string, accountId?: string) {
  const limit = question.isWhole || accountId !== undefined ? ROLES_AT_MOST : ROLES_SHOWN
  const { hits, total } = sources.index.search(question.query, { limit, accountId })
  const items = hits.map(
    ({ role, places }): Item => ({
      id: `role ${role.name}`,
      kind: 'role',
      role,
      places,
      deed: { kind: 'role', command: firstDeedOf(role, sources.now), role },
    }),
  )
  const isTyped = question.query.trim() !== ''
  const more: Item[] =
    isTyped && total > ROLES_SHOWN && !question.isWhole && accountId === undefined
      ? [{ id: 'more', kind: 'more', count: Math.min(total, ROLES_AT_MOST) - ROLES_SHOWN, deed: { kind: 'more' } }]
      : []
  return { section: { id: 'roles', heading, items: [...items, ...more] }, total: isTyped ? total : items.length }
}

/** What can be done with the selected role, and elsewhere. */
function actionsOnly(query: string, sources: Sources): Results {
  const { selected } = sources
  const terms = termsOf(query)
  const items = actionsOn(selected, terms, sources, false)
  const elsewhere = elsewhereItems(terms, sources)
  const sections = [
    { id: 'actions', heading: selected === null ? '' : headingOf(selected), items },
    { id: 'elsewhere', heading: strings.palette.groups.elsewhere, items: elsewhere },
  ]
  return { sections: filled(sections), total: items.length + elsewhere.length }
}

/** All that can be done with the role that was gone into; its name need not be said again. */
function actionsOfScope(query: string, role: RoleRow, sources: Sources): Results {
  const found = matching(deedsOf(role, sources.now, sources.shell), termsOf(query))
  const items = found.map(({ line, places }) => actionItem(line, { text: line.does, places }))
  return { sections: filled([{ id: 'actions', heading: headingOf(role), items }]), total: items.length }
}

/**
 * What can be done with `role`, with whom it is done to in its words.
 * @param isFound the terms found the role: its actions stay although no word of theirs matches
 */
function actionsOn(role: RoleRow | null, terms: readonly string[], sources: Sources, isFound: boolean): Item[] {
  if (role === null) return []
  const lines = deedsOf(role, sources.now, sources.shell)
  // What Enter does on the role itself need not be offered twice.
  const offered = isFound ? lines.filter(({ deed }) => deed.command !== firstDeedOf(role, sources.now)) : lines
  const name = (line: RoleDeedLine): string => (line.deed.command === 'profile' ? role.profile : role.name)
  const named = offered.map((line) => ({ line, text: strings.palette.on(line.does, name(line)) }))
  const matched = named.flatMap(({ line, text }) => {
    const match = matchText(terms, text)
    return match === undefined ? [] : [actionItem(line, { text, places: match.places })]
  })
  if (matched.length > 0 || !isFound) return matched
  return named.map(({ line, text }) => actionItem(line, { text, places: [] }))
}

function matching(lines: readonly RoleDeedLine[], terms: readonly string[]) {
  return lines
    .flatMap((line) => {
      const match = matchText(terms, line.does)
      return match === undefined ? [] : [{ line, ...match }]
    })
    .sort((a, b) => b.score - a.score)
}

function actionItem(line: RoleDeedLine, label: { text: string; places: readonly number[] }): Item {
  const { deed, icon, note } = line
  const { command, role } = deed
  return {
    id: `${command} ${role.name}`,
    kind: 'action',
    icon,
    label,
    note,
    role,
    command: command === 'show' ? undefined : command,
    deed,
  }
}

function elsewhereItems(terms: readonly string[], { identities, live, chosen }: Sources): Item[] {
  return elsewhereOf(identities, live)
    .flatMap((one) => {
      const match = matchText(terms, one.label)
      if (match === undefined) return []
      return [{ one, places: match.places, score: match.score + (chosen.get(one.id) ?? 0) * CHOSEN_OFTEN }]
    })
    .sort((a, b) => b.score - a.score)
    .map(
      ({ one, places }): Item => ({
        id: one.id,
        kind: 'action',
        icon: one.icon,
        label: { text: one.label, places },
        note: one.note,
        command: one.command,
        deed: one.deed,
      }),
    )
}

function accounts(query: string, { roles }: Sources): Results {
  const terms = termsOf(query)
  const found = accountsOf(roles).flatMap((account) => {
    const name = account.name === null ? undefined : matchText(terms, account.name)
    const number = matchText(terms, account.accountId)
    if (name === undefined && number === undefined) return []
    const item: Item = {
      id: `account ${account.accountId}`,
      kind: 'account',
      account,
      name: { text: account.name ?? '', places: name?.places ?? [] },
      number: { text: account.accountId, places: name === undefined ? (number?.places ?? []) : [] },
      deed: {
        kind: 'scope',
        scope: {
          kind: 'account',
          accountId: account.accountId,
          label: account.name ?? accountInFours(account.accountId).join(' '),
        },
      },
    }
    return [{ item, score: name?.score ?? number?.score ?? 0 }]
  })
  const items = found.sort((a, b) => b.score - a.score).map(({ item }) => item)
  const section = { id: 'accounts', heading: strings.palette.groups.accounts, items: items.slice(0, ACCOUNTS_SHOWN) }
  return { sections: filled([section]), total: items.length }
}

let lastRoles: readonly RoleRow[] | undefined
let lastAccounts: AccountLine[] = []

/** Every account that has a role, those with a name first. Kept for as long as the roles are the same. */
function accountsOf(roles: readonly RoleRow[]): AccountLine[] {
  if (roles === lastRoles) return lastAccounts
  const byId = new Map<string, AccountLine>()
  for (const { accountId, accountName, environment } of roles) {
    const known = byId.get(accountId)
    const nearest = ENVIRONMENTS.find((one) => one === environment || one === known?.environment) ?? null
    byId.set(accountId, { accountId, name: accountName, environment: nearest, roles: (known?.roles ?? 0) + 1 })
  }
  lastRoles = roles
  lastAccounts = [...byId.values()].sort((a, b) => compare(a.name, b.name) || compare(a.accountId, b.accountId))
  return lastAccounts
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a < b ? -1 : Number(a > b)
}

/** How a role is told from others of its name: by its account. */
function headingOf(role: RoleRow): string {
  return strings.palette.groups.actionsOn(role.name, role.accountName ?? accountInFours(role.accountId).join(' '))
}

function filled(sections: readonly Section[]): Section[] {
  return sections.filter(({ items }) => items.length > 0)
}
