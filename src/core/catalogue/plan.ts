/**
 * What taking a catalogue in changes. Three are compared, setting by setting: what the catalogue said when it was taken
 * in last, what it says now, and what the role has. So a change of the team's comes in, and a person's own stays.
 * Pure: reads what it is given and changes nothing.
 */
import type { Catalogue, CatalogueItem, CatalogueRole } from '#shared/catalogue.ts'
import type { NewRole, Role, RoleEdit } from '#shared/roles.ts'
import { isNameFor, NameSpace } from '../import/names.ts'
import { appliedOf, FIELDS, type FieldName, type Managed, managedOf, shown } from './managed.ts'
import { arnOf, type PlannedCenter } from './plan-centers.ts'
import type { CatalogueRecord } from './record.ts'

export interface PlanInput {
  readonly catalogue: Catalogue
  /** What was taken in last; undefined the first time. */
  readonly record: CatalogueRecord | undefined
  readonly roles: readonly Role[]
  /** Identity Centers of the catalogue. */
  readonly centers: readonly PlannedCenter[]
  /** Every name that is taken, of identities too. */
  readonly taken: readonly string[]
  /** What roles start from that name none; undefined when nobody has said. */
  readonly from: { readonly id: string; readonly name: string } | undefined
  readonly overwrite: boolean
  readonly prune: boolean
}

/** A step of carrying it out. */
export type CatalogueStep =
  | {
      readonly kind: 'add'
      readonly key: string
      readonly role: NewRole
      /** Of a role that comes with Identity Center, which is added before it. */
      readonly comesWith?: {
        readonly center: PlannedCenter
        readonly accountId: string
        readonly permissionSet: string
      }
    }
  | { readonly kind: 'edit'; readonly key: string; readonly name: string; readonly edit: RoleEdit }
  | { readonly kind: 'remove'; readonly key: string; readonly name: string }

export interface DetailedCataloguePlan {
  readonly items: readonly CatalogueItem[]
  /** Sources before what starts from them; removals come last, the other way round. */
  readonly steps: readonly CatalogueStep[]
  /** What is to be remembered of each role that is the catalogue's, by its name there, once its step is done. */
  readonly applied: ReadonlyMap<string, Managed>
  /** Roles that stop being the catalogue's. */
  readonly released: readonly string[]
}

export function planCatalogue(input: PlanInput): DetailedCataloguePlan {
  return new CataloguePlanner(input).plan()
}

class CataloguePlanner {
  readonly #input: PlanInput
  readonly #names: NameSpace
  readonly #entries: ReadonlyMap<string, CatalogueRole>
  readonly #byId: ReadonlyMap<string, Role>
  readonly #byArn: ReadonlyMap<string, readonly Role[]>
  readonly #items = new Map<string, CatalogueItem>()
  readonly #steps: CatalogueStep[] = []
  readonly #applied = new Map<string, Managed>()
  readonly #released: string[] = []

  constructor(input: PlanInput) {
    this.#input = input
    this.#names = new NameSpace([...input.taken, ...input.centers.map(({ place }) => place.name)])
    this.#entries = new Map(input.catalogue.roles.map((role) => [role.name.toLowerCase(), role]))
    this.#byId = new Map(input.roles.map((role) => [role.id, role]))
    this.#byArn = Map.groupBy(input.roles, ({ arn }) => arn)
  }

  plan(): DetailedCataloguePlan {
    const { catalogue } = this.#input
    for (const entry of catalogue.roles) this.#settle(entry)
    const items = catalogue.roles.flatMap(({ name }) => this.#items.get(name) ?? [])
    const gone = this.#gone()
    return { items: [...items, ...gone], steps: this.#steps, applied: this.#applied, released: this.#released }
  }

  /** An entry after those it is chained from, however long the chain is. */
  #settle(entry: CatalogueRole): void {
    const chain: CatalogueRole[] = []
    for (let current: CatalogueRole | undefined = entry; current && !this.#items.has(current.name); ) {
      if (chain.includes(current)) {
        for (const each of chain)
          this.#put(each, { outcome: 'skipped', notes: ['It starts from itself, in a circle.'] })
        return
      }
      chain.push(current)
      current = this.#sourceOf(current)
    }
    for (const each of chain.toReversed()) if (!this.#items.has(each.name)) this.#decide(each)
  }

  /** The role of the catalogue that one is chained from. */
  #sourceOf({ from, permissionSet }: CatalogueRole): CatalogueRole | undefined {
    return from === undefined || permissionSet !== undefined ? undefined : this.#entries.get(from.toLowerCase())
  }

  #centerOf({ from, permissionSet }: CatalogueRole): PlannedCenter | undefined {
    if (permissionSet === undefined) return undefined
    return this.#input.centers.find(({ name }) => name.toLowerCase() === from?.toLowerCase())
  }

  #put(entry: CatalogueRole, item: Partial<CatalogueItem> & Pick<CatalogueItem, 'outcome'>): void {
    const arn = arnOf(entry, this.#centerOf(entry))
    const base = { key: entry.name, name: null, arn, from: null, fields: [], notes: [] }
    this.#items.set(entry.name, { ...base, ...item })
  }

  #decide(entry: CatalogueRole): void {
    const start = this.#startOf(entry)
    if ('why' in start) {
      this.#put(entry, { outcome: 'skipped', notes: [start.why] })
      return
    }
    const theirs = managedOf(entry, start.token, arnOf(entry, this.#centerOf(entry)))
    const last = this.#recorded(entry.name)
    const role = last && this.#byId.get(last.id)
    if (last && role && isElsewhere(last.applied, theirs)) {
      // Where such a role is can't be edited.
      this.#applied.set(entry.name, last.applied)
      const notes = [`The catalogue has another role by this name now. To take that in, remove ${role.name} first.`]
      this.#put(entry, { outcome: 'kept', name: role.name, arn: role.arn, from: role.source.name, notes })
    } else if (!last) this.#meet(entry, theirs, start.name)
    else if (role) {
      const three = { mine: this.#mine(role, last.applied), theirs, last: last.applied }
      this.#compare(entry, three, role, start.name)
    } else if (this.#input.overwrite) this.#add(entry, theirs, start.name)
    else {
      this.#applied.set(entry.name, theirs)
      this.#put(entry, { outcome: 'kept', notes: ['You have removed it, and it stays removed.'] })
    }
  }

  #startOf(entry: CatalogueRole): { readonly name: string; readonly token: string } | { readonly why: string } {
    const { from } = entry
    if (entry.permissionSet !== undefined) {
      const center = this.#centerOf(entry)
      return center
        ? { name: center.place.name, token: `center:${center.name}` }
        : { why: `It comes from ${from}, which is no Identity Center of the catalogue.` }
    }
    if (from === undefined) {
      const { from: start } = this.#input
      if (start) return { name: start.name, token: `start:${start.id}` }
      return { why: 'Nobody has said what it starts from: name an identity or a role.' }
    }
    const source = this.#sourceOf(entry)
    if (!source) return { why: `It starts from ${from}, which is not in the catalogue.` }
    const name = this.#items.get(source.name)?.name
    return name == null
      ? { why: `It starts from ${from}, which is not taken in.` }
      : { name, token: `role:${source.name}` }
  }

  /** What was taken in last under that name, which may be one that every object has. */
  #recorded(key: string): CatalogueRecord['roles'][string] | undefined {
    const all = this.#input.record?.roles ?? {}
    return Object.hasOwn(all, key) ? all[key] : undefined
  }

  /** A role as it is here. Its source is the one that was taken in as long as it is the same record. */
  #mine(role: Role, last: Managed): Managed {
    if (last.from.startsWith('center:')) return appliedOf(role, last.from)
    const rest = last.from.slice(last.from.indexOf(':') + 1)
    const id = last.from.startsWith('role:') ? this.#recorded(rest)?.id : rest
    return appliedOf(role, role.source.id === id ? last.from : `other:${role.source.id}`)
  }

  /** An entry that was not in the catalogue before. */
  #meet(entry: CatalogueRole, theirs: Managed, from: string): void {
    const twin = this.#byArn
      .get(theirs.arn)
      ?.find(
        ({ source, name }) =>
          source.name === from && (entry.permissionSet !== undefined || isNameFor(entry.name, name)),
      )
    const notes = ['It was here before, and stays as you have it.']
    if (twin) this.#put(entry, { outcome: 'known', name: twin.name, from, notes })
    else this.#add(entry, theirs, from)
  }

  #add(entry: CatalogueRole, theirs: Managed, from: string): void {
    const { name, notes } = this.#names.take(entry.name)
    const { accountId = '', permissionSet = '' } = entry
    const center = this.#centerOf(entry)
    const comesWith = center ? { comesWith: { center, accountId, permissionSet } } : {}
    this.#steps.push({ kind: 'add', key: entry.name, role: { ...theirs, name, from }, ...comesWith })
    this.#applied.set(entry.name, theirs)
    this.#put(entry, { outcome: 'new', name, from, notes: [...notes] })
  }

  #compare(entry: CatalogueRole, three: Three, role: Role, from: string): void {
    const { mine, theirs, last } = three
    const { overwrite } = this.#input
    const edit: Partial<Record<FieldName, unknown>> = {}
    const fields: CatalogueItem['fields'] = []
    for (const field of FIELDS) {
      if (same(mine[field], theirs[field]) || (!overwrite && same(last[field], theirs[field]))) continue
      const kept = !overwrite && !same(mine[field], last[field])
      const [before, after] = field === 'from' ? [role.source.name, from] : [mine[field], theirs[field]]
      fields.push({ field, before: shown(before, field), after: shown(after, field), kept })
      if (!kept) edit[field] = after ?? null
    }
    this.#applied.set(entry.name, theirs)
    const changes = fields.some(({ kept }) => !kept)
    if (changes) this.#steps.push({ kind: 'edit', key: entry.name, name: role.name, edit: edit as RoleEdit })
    this.#put(entry, {
      outcome: changes ? 'changed' : fields.length > 0 ? 'kept' : 'same',
      name: role.name,
      from: role.source.name,
      fields,
      notes: fields.some(({ kept }) => kept) ? ['What you have changed by hand stays as it is.'] : [],
    })
  }

  /** Roles that were taken in and are no longer in the catalogue. */
  #gone(): CatalogueItem[] {
    const { record, prune, roles, overwrite } = this.#input
    const left = Object.entries(record?.roles ?? {}).flatMap(([key, { id, applied }]) => {
      const role = this.#entries.has(key.toLowerCase()) ? undefined : this.#byId.get(id)
      if (!this.#entries.has(key.toLowerCase())) this.#released.push(key)
      return role ? [{ key, role, applied }] : []
    })
    const why = new Map<string, string>()
    for (const { key, role, applied } of left) {
      const mine = this.#mine(role, applied)
      if (!prune) why.set(key, 'It is no longer in the catalogue, and stays.')
      else if (!overwrite && FIELDS.some((field) => !same(mine[field], applied[field]))) {
        why.set(key, 'It is no longer in the catalogue. You have changed it by hand, so it stays.')
      }
    }
    const bySource = Map.groupBy(roles, ({ source }) => source.id)
    // What something else starts from has to stay; and with it what it starts from itself.
    for (let more = true; more; ) {
      more = false
      const going = new Set(left.flatMap(({ key, role }) => (why.has(key) ? [] : [role.id])))
      for (const { key, role } of left) {
        const user = why.has(key) ? undefined : bySource.get(role.id)?.find(({ id }) => !going.has(id))
        if (!user) continue
        why.set(key, `It is no longer in the catalogue. ${user.name} starts from it, so it stays.`)
        more = true
      }
    }
    const going = left.filter(({ key }) => !why.has(key))
    for (const { key, role } of leavesFirst(going)) this.#steps.push({ kind: 'remove', key, name: role.name })
    return left.map(({ key, role }) => {
      const note = why.get(key)
      return {
        key,
        name: role.name,
        outcome: note === undefined ? 'gone' : 'kept',
        arn: role.arn,
        from: role.source.name,
        fields: [],
        notes: note === undefined ? [] : [note],
      }
    })
  }
}

/** Whether one of the two comes with Identity Center, and they are not the same role. */
function isElsewhere(last: Managed, theirs: Managed): boolean {
  const isOfCenter = [last, theirs].some(({ from }) => from.startsWith('center:'))
  return isOfCenter && (last.arn !== theirs.arn || last.from !== theirs.from)
}

/** Roles that others start from after those others. */
function leavesFirst<T extends { readonly role: Role }>(roles: readonly T[]): T[] {
  const rest = new Set(roles)
  const ordered: T[] = []
  while (rest.size > 0) {
    const sources = new Set([...rest].map(({ role }) => role.source.id))
    const leaves = [...rest].filter(({ role }) => !sources.has(role.id))
    // No chain goes round in a circle; should one, it is not waited for.
    for (const leaf of leaves.length > 0 ? leaves : [...rest]) {
      ordered.push(leaf)
      rest.delete(leaf)
    }
  }
  return ordered
}

/** A role as it is here, as the catalogue has it now, and as it had it last. */
type Three = Readonly<Record<'mine' | 'theirs' | 'last', Managed>>

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
