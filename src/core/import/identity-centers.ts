/** Roles that come with IAM Identity Center, and the sign-ins they need. Pure: reads what it is given and changes nothing. */
import { accountIdField } from '#shared/accounts.ts'
import { regionField } from '#shared/fields.ts'
import type { CenterIdentity, NewCenterIdentity } from '#shared/identities.ts'
import { startUrlField } from '#shared/identity-center.ts'
import type { IdentityCenterFound, ImportItem } from '#shared/import.ts'
import { partitionOfRegion } from '#shared/partitions.ts'
import type { Role, RoleSettings } from '#shared/roles.ts'
import { isPermissionSetName, type PermissionSetRole, permissionSetArn } from '../identity-center/permission-set.ts'
import { isSameCenter } from '../identity-center/same-center.ts'
import { signInHint } from '../identity-center/sign-in-hint.ts'
import { NOTHING, skipped } from './items.ts'
import { isNameFor, type NameSpace } from './names.ts'

/** What the files, or another tool, say of such a role: nothing of it is checked. */
export interface CenterRole {
  readonly center: {
    /** What it is called there. */
    readonly name: string
    readonly startUrl: string
    readonly region: string
  }
  readonly accountId: string
  /** Its permission set. */
  readonly roleName: string
}

/** A role to add, once its Identity Center is there. */
export interface PlannedPermissionSet {
  readonly center: NewCenterIdentity
  readonly role: PermissionSetRole
}

export interface KnownCenters {
  readonly centers: readonly Pick<CenterIdentity, 'id' | 'name' | 'startUrl' | 'ssoRegion'>[]
  readonly roles: readonly Pick<Role, 'name' | 'accountId' | 'roleName' | 'source' | 'settings'>[]
}

interface Center {
  readonly place: NewCenterIdentity
  /** Of the one that is here already. */
  readonly id: string | undefined
  readonly notes: readonly string[]
  readonly roles: IdentityCenterFound['roles']
  /** Items by account and permission set. */
  readonly items: Map<string, ImportItem>
}

/** What `settings` a role takes over, in that partition. */
type Settings = (partition: string) => { readonly settings: Partial<RoleSettings>; readonly notes: readonly string[] }

export class CenterPlanner {
  /** By item; those of one role have the same. */
  readonly permissionSets = new Map<string, PlannedPermissionSet>()
  readonly #known: KnownCenters
  readonly #names: NameSpace
  readonly #labels: ReadonlySet<string>
  readonly #centers: Center[] = []

  /** @param labels what items are called: they have their names before Identity Centers do */
  constructor(known: KnownCenters, names: NameSpace, labels: Iterable<string>) {
    this.#known = known
    this.#names = names
    this.#labels = new Set(Array.from(labels, (label) => label.toLowerCase()))
  }

  /** Those that something comes from. */
  found(): IdentityCenterFound[] {
    return this.#centers.map(({ place: { name, startUrl, ssoRegion }, id, roles, notes }) => ({
      name,
      startUrl,
      region: ssoRegion,
      outcome: id === undefined ? 'new' : 'known',
      roles: [...roles],
      notes: [...notes],
    }))
  }

  item(label: string, given: CenterRole, settingsIn: Settings): ImportItem {
    const startUrl = startUrlField.safeParse(given.center.startUrl)
    const ssoRegion = regionField.safeParse(given.center.region)
    const account = accountIdField.safeParse(given.accountId)
    const partition = ssoRegion.success ? partitionOfRegion(ssoRegion.data)?.id : undefined
    if (!startUrl.success) return skipped(label, 'The start URL of its Identity Center can’t be right.')
    if (!ssoRegion.success || !partition)
      return skipped(label, 'AWS has no such region as that of its Identity Center.')
    if (!account.success) return skipped(label, 'Its account id has to have 12 digits.')
    if (!isPermissionSetName(given.roleName)) return skipped(label, 'Its role can’t be a permission set.')
    const center = this.#center(given.center.name, { startUrl: startUrl.data, ssoRegion: ssoRegion.data })
    const [accountId, permissionSet] = [account.data, given.roleName]
    center.roles.push({ profile: label, accountId, roleName: permissionSet })
    const twin = center.items.get(`${accountId}/${permissionSet}`)
    if (twin) return this.#twin(label, twin)
    const stored = this.#stored(label, center, accountId, permissionSet)
    const choice = stored ? { name: stored.name, notes: [] } : this.#names.take(label)
    const { settings, notes } = settingsIn(partition)
    const role = { name: choice.name, accountId, permissionSet, settings }
    if (!stored) this.permissionSets.set(label, { center: center.place, role })
    const item: ImportItem = {
      ...NOTHING,
      profile: label,
      outcome: stored ? 'known' : 'role',
      name: choice.name,
      accountId,
      arn: permissionSetArn(partition, accountId, permissionSet),
      permissionSet,
      from: center.place.name,
      needs: [],
      notes: stored ? [] : [...choice.notes, ...notes],
    }
    center.items.set(`${accountId}/${permissionSet}`, item)
    return item
  }

  #twin(label: string, twin: ImportItem): ImportItem {
    const planned = this.permissionSets.get(twin.profile)
    if (planned) this.permissionSets.set(label, planned)
    return {
      ...twin,
      profile: label,
      needs: [twin.profile],
      notes: [`Is the role of ${twin.profile}: one is for both.`],
    }
  }

  /** The one of that name, should it be here under several. */
  #stored(label: string, { id }: Center, accountId: string, permissionSet: string) {
    const all = this.#known.roles.filter(
      (role) => role.source.id === id && role.accountId === accountId && role.roleName === permissionSet,
    )
    return all.find(({ name, settings }) => isNameFor(label, name) || settings.profile === label) ?? all[0]
  }

  #center(wanted: string, place: { readonly startUrl: string; readonly ssoRegion: string }): Center {
    const before = this.#centers.find((center) => isSameCenter(center.place, place))
    if (before) return before
    const stored = this.#known.centers.find((center) => isSameCenter(center, place))
    const center: Center = {
      ...(stored ? { place: { ...place, name: stored.name }, id: stored.id, notes: [] } : this.#added(wanted, place)),
      roles: [],
      items: new Map(),
    }
    this.#centers.push(center)
    return center
  }

  #added(wanted: string, place: { readonly startUrl: string; readonly ssoRegion: string }) {
    const { name, notes } = this.#names.take(this.#labels.has(wanted.toLowerCase()) ? `${wanted}-sso` : wanted)
    return { place: { ...place, name }, id: undefined, notes: [...notes, signInHint(name)] }
  }
}
