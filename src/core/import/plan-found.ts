/** What another tool's keys and roles become. Pure: reads what it is given and changes nothing. */
import type { z } from 'zod'
import { accountIdFromKeyId, parseRoleArn } from '#shared/arn.ts'
import {
  colorField,
  externalIdField,
  mfaSerialField,
  profileNameField,
  regionField,
  roleDurationField,
  sessionNameField,
} from '#shared/fields.ts'
import type { ImportItem } from '#shared/import.ts'
import { partitionOfRegion } from '#shared/partitions.ts'
import type { NewRole, RoleSettings } from '#shared/roles.ts'
import type { FoundItem, FoundKey, FoundOther, FoundPermissionSet, FoundRole, FoundSettings } from './found.ts'
import { CenterPlanner } from './identity-centers.ts'
import { NOTHING, skipped } from './items.ts'
import { checkKey, newIdentity } from './keys.ts'
import { isNameFor, NameSpace } from './names.ts'
import { type DetailedPlan, type Known, namesIn, type PlannedIdentity } from './plan.ts'

/** @param items with labels that come once, in any order */
export function planFound(items: readonly FoundItem[], known: Known): DetailedPlan {
  return new FoundPlanner(items, known).plan()
}

/** What something starts from, once that is settled. */
interface Start {
  readonly name: string
  /** Labels of what has to be imported for it. */
  readonly needs: readonly string[]
  /** A key whose MFA device is sent with the first hop. */
  readonly sendsCode: boolean
}

class FoundPlanner {
  readonly #found: ReadonlyMap<string, FoundItem>
  readonly #known: Known
  readonly #names: NameSpace
  readonly #centers: CenterPlanner
  readonly #items = new Map<string, ImportItem>()
  readonly #identities = new Map<string, PlannedIdentity>()
  readonly #roles = new Map<string, NewRole>()

  constructor(items: readonly FoundItem[], known: Known) {
    this.#found = new Map(items.map((item) => [item.label, item]))
    this.#known = known
    this.#names = new NameSpace(namesIn(known))
    this.#centers = new CenterPlanner(known, this.#names, this.#found.keys())
  }

  plan(): DetailedPlan {
    // What roles start from comes before them.
    for (const item of this.#found.values())
      if (item.kind !== 'role') this.#items.set(item.label, this.#startItem(item))
    for (const item of this.#found.values()) if (item.kind === 'role') this.#chained(item)
    const items = [...this.#found.keys()].flatMap((label) => this.#items.get(label) ?? [])
    const { permissionSets } = this.#centers
    const identityCenters = this.#centers.found()
    return { items, identities: this.#identities, roles: this.#roles, permissionSets, identityCenters }
  }

  #startItem(item: FoundKey | FoundPermissionSet | FoundOther): ImportItem {
    if (item.kind === 'key') return this.#keyItem(item)
    if (item.kind === 'other') return skipped(item.label, item.why)
    return this.#centers.item(item.label, item, (partition) => takenSettings(item.settings, partition))
  }

  #keyItem(found: FoundKey): ImportItem {
    const { label } = found
    const key = checkKey(found.accessKeyId, found.secretAccessKey)
    if (typeof key === 'string') return skipped(label, key)
    const twin = [...this.#identities].find(([, { input }]) => input.accessKeyId === key.accessKeyId)
    if (twin) {
      this.#identities.set(label, twin[1])
      const note = `Has the access key of ${twin[0]}: one identity is for both.`
      return { ...this.#keyFacts(twin[1]), profile: label, needs: [twin[0]], notes: [note] }
    }
    const stored = this.#known.identities.find(({ accessKeyId }) => accessKeyId === key.accessKeyId)
    const choice = stored ? { name: stored.name, notes: [] } : this.#names.take(label)
    const notes = [...choice.notes]
    const region = regionField.safeParse(found.region).data
    const mfaSerial = mfaSerialField.safeParse(found.mfaSerial).data
    if (found.mfaSerial !== undefined && mfaSerial === undefined) {
      notes.push('Its MFA device is left out: codes of such a device can’t be sent.')
    }
    const input = newIdentity({ ...key, name: choice.name, region, mfaSerial })
    const addMfaSerial = stored && stored.mfaSerial === null ? (mfaSerial ?? null) : null
    const planned = { input, isKnown: stored !== undefined, addMfaSerial }
    this.#identities.set(label, planned)
    return { ...this.#keyFacts(planned), profile: label, needs: [], notes }
  }

  #keyFacts({ input, isKnown }: PlannedIdentity) {
    return {
      ...NOTHING,
      outcome: isKnown ? ('known' as const) : ('identity' as const),
      name: input.name,
      accountId: accountIdFromKeyId(input.accessKeyId) ?? null,
      accessKeyId: input.accessKeyId,
    }
  }

  /** A role; those it is chained from get their items first, however long the chain is. */
  #chained(found: FoundRole): void {
    const chain: FoundRole[] = []
    for (let current: FoundRole | undefined = found; current && !this.#items.has(current.label); ) {
      if (chain.includes(current)) {
        for (const each of chain)
          this.#items.set(each.label, skipped(each.label, 'It starts from itself, in a circle.'))
        break
      }
      chain.push(current)
      const { from }: FoundRole = current
      const source: FoundItem | undefined = 'label' in from ? this.#found.get(from.label) : undefined
      current = source?.kind === 'role' ? source : undefined
    }
    for (const each of chain.toReversed()) {
      if (!this.#items.has(each.label)) this.#items.set(each.label, this.#roleItem(each))
    }
  }

  #roleItem(found: FoundRole): ImportItem {
    const { label } = found
    const arn = parseRoleArn(found.arn)
    if (!arn) return skipped(label, 'Its role is not the ARN of a role.')
    const start = this.#startOf(found)
    if (typeof start === 'string') return skipped(label, start)
    const { settings, notes } = takenSettings(found.settings, arn.partition)
    const stored = this.#known.roles.find(
      (role) =>
        role.arn === found.arn &&
        role.source.name === start.name &&
        (isNameFor(label, role.name) || (settings.profile !== undefined && role.settings.profile === settings.profile)),
    )
    const choice = stored ? { name: stored.name, notes: [] } : this.#names.take(label)
    const mfa = start.sendsCode
    if (!stored) this.#roles.set(label, { name: choice.name, arn: found.arn, from: start.name, mfa, ...settings })
    return {
      ...NOTHING,
      profile: label,
      outcome: stored ? 'known' : 'role',
      name: choice.name,
      accountId: arn.accountId,
      arn: found.arn,
      from: start.name,
      mfa,
      needs: [...start.needs],
      notes: stored ? [] : [...choice.notes, ...found.notes, ...notes],
    }
  }

  /** @returns why there is none, as a sentence */
  #startOf({ from }: FoundRole): Start | string {
    if ('name' in from) {
      const identity = this.#known.identities.find(({ name }) => name === from.name)
      return { name: from.name, needs: [], sendsCode: identity?.mfaSerial != null }
    }
    const source = this.#found.get(from.label)
    const item = this.#items.get(from.label)
    if (source?.kind === 'other') return `It starts from ${source.label}, which ${source.which}.`
    if (!item || item.name === null) return `It starts from ${from.label}, which is not imported.`
    const sendsCode = this.#identities.get(from.label)?.input.mfaSerial !== undefined
    return { name: item.name, needs: [...item.needs, from.label], sendsCode }
  }
}

const FIELDS: readonly [keyof FoundSettings, z.ZodType, string][] = [
  ['durationSeconds', roleDurationField, 'duration'],
  ['sessionName', sessionNameField, 'session name'],
  ['externalId', externalIdField, 'external id'],
  ['color', colorField, 'colour'],
]

function takenSettings(found: FoundSettings, partition: string) {
  const notes: string[] = []
  const settings: Partial<RoleSettings> = {}
  const profile = profileNameField.safeParse(found.profile)
  if (profile.success) settings.profile = profile.data
  const region = regionField.safeParse(found.region)
  const home = region.success ? partitionOfRegion(region.data) : undefined
  if (home && home.id !== partition) {
    notes.push(`Its region is left out: ${region.data} is in another partition than the role.`)
  } else if (region.success) settings.region = region.data
  else if (found.region !== undefined) notes.push('Its region is left out: AWS has no such region.')
  for (const [key, field, what] of FIELDS) {
    if (found[key] === undefined) continue
    const parsed = field.safeParse(found[key])
    if (parsed.success) Object.assign(settings, { [key]: parsed.data })
    else notes.push(`Its ${what} is left out: AWS would not take it.`)
  }
  return { settings, notes }
}
