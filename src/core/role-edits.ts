/**
 * Edits of several roles as one: every change is checked first, the records change in one transaction and the AWS files
 * in one edit, and what fails on the way takes all of it back.
 */
import type { z } from 'zod'
import { HallpassError } from '#shared/errors.ts'
import {
  type RoleChange,
  type RoleChangesPlan,
  roleChangesSchema,
  type SharedEdit,
  type sharedEditSchema,
} from '#shared/role-changes.ts'
import { type Role, roleSettingsSchema } from '#shared/roles.ts'
import type { Clock } from './capabilities.ts'
import { isFromCenter, refuseAssumeRoleSettings } from './identity-center/permission-set.ts'
import { parseInput } from './input.ts'
import type { ManyProfiles, ProfileWish, WrittenProfile } from './many-profiles.ts'
import { findRole, targetByKey, targetKey } from './names.ts'
import { refuseForeignRegion } from './role-region.ts'
import { resolveChain } from './sessions/chain.ts'
import type { Store } from './store/types.ts'

export interface ManyEdits {
  /** What `edit` would do, touching nothing. Throws what `edit` throws about the changes themselves. */
  plan(changes: readonly RoleChange[]): Promise<RoleChangesPlan>
  /**
   * @returns the changes that bring back exactly what was, sessions aside
   * @throws `role.not-found`, `input.invalid`, `profile.in-use`, `profile.not-owned`, `file.*`: then nothing has changed
   */
  edit(changes: readonly RoleChange[]): Promise<RoleChange[]>
}

export interface ManyEditsParts {
  readonly store: Store
  readonly profiles: ManyProfiles
  /** Brings the profiles that are in files of other settings in step with their targets. */
  readonly followElsewhere: (targetKeys: readonly string[]) => Promise<void>
  /** Ends sessions of settings that are no more. */
  readonly endStale: () => Promise<void>
  /** AWS's clock. */
  readonly clock: Clock
}

type Edit = z.output<typeof sharedEditSchema>
type Field = RoleChangesPlan['roles'][number]['fields'][number]

interface PlannedChange {
  readonly before: Role
  readonly after: Role
  /** Fields of the edit that differ. */
  readonly fields: readonly (keyof Edit)[]
  readonly profileBefore: WrittenProfile | null
  /** undefined when its profile is none of this edit's business. */
  readonly wish: ProfileWish | undefined
}

export function createManyEdits(parts: ManyEditsParts): ManyEdits {
  const { store, profiles, followElsewhere, endStale, clock } = parts

  function planned(changes: readonly RoleChange[]): PlannedChange[] {
    const parsed = parseInput(roleChangesSchema, changes)
    const seen = new Set<string>()
    const profilesBefore = profiles.written()
    return parsed.map(({ name, edit, written }) => {
      const before = findRole(store, name)
      if (seen.has(before.id)) throw new HallpassError('input.invalid', `${before.name} is named twice.`)
      seen.add(before.id)
      const after = withEdit(before, edit)
      if (isFromCenter(store, before)) refuseAssumeRoleSettings(before.name, after.settings)
      const fields = fieldsOf(edit).filter((field) => before.settings[field] !== after.settings[field])
      const key = targetKey('role', before.id)
      const profileBefore = profilesBefore.get(key) ?? null
      const target = { kind: 'role', role: after, key } as const
      const follows = fields.includes('region') || fields.includes('profile')
      return {
        before,
        after,
        fields,
        profileBefore,
        wish:
          written !== undefined && !isWritten(profileBefore, written)
            ? { target, written: written && definedOnly(written) }
            : follows && profileBefore
              ? { target }
              : undefined,
      }
    })
  }

  /** Live sessions that hold a changed region or duration, on whatever hop of their chain. */
  function endedBy(changes: readonly PlannedChange[]): string[] {
    const changed = new Set(
      changes
        .filter(({ fields }) => fields.includes('region') || fields.includes('durationSeconds'))
        .map(({ before }) => before.id),
    )
    if (changed.size === 0) return []
    return store.sessions.list().flatMap((row) => {
      const target = targetByKey(store, row.key)
      if (target?.kind !== 'role' || row.expiresAt <= clock()) return []
      try {
        return resolveChain(store, target).roles.some(({ id }) => changed.has(id)) ? [target.role.name] : []
      } catch {
        // A broken chain has no session that lives.
        return []
      }
    })
  }

  const wishesOf = (changes: readonly PlannedChange[]) => changes.flatMap(({ wish }) => wish ?? [])

  return {
    async plan(changes) {
      const all = planned(changes)
      const { diff } = await profiles.plan(wishesOf(all))
      return {
        roles: all
          .map(({ before, fields, wish }) => ({
            name: before.name,
            fields: [...fields, ...(wish && 'written' in wish ? (['written'] as const) : [])] as Field[],
          }))
          .filter(({ fields }) => fields.length > 0),
        ends: endedBy(all),
        diff,
      }
    },

    async edit(changes) {
      const all = planned(changes)
      const put = (which: 'before' | 'after') =>
        store.transaction(() => {
          for (const change of all) if (change.fields.length > 0) store.roles.update(change[which])
        })
      put('after')
      let takeBack: (() => Promise<void>) | undefined
      try {
        takeBack = await profiles.apply(wishesOf(all))
        await followElsewhere(all.flatMap(({ wish }) => wish?.target.key ?? []))
        await endStale()
      } catch (error) {
        put('before')
        await takeBack?.()
        throw error
      }
      return all.filter(({ fields, wish }) => fields.length > 0 || wish).map(reverse)
    },
  }
}

function withEdit(role: Role, edit: Edit): Role {
  const merged = Object.entries({ ...role.settings, ...edit }).filter(([, value]) => value != null)
  const settings = parseInput(roleSettingsSchema, Object.fromEntries(merged))
  refuseForeignRegion(role.name, role.partition, settings.region)
  return { ...role, settings }
}

function reverse({ before, fields, profileBefore, wish }: PlannedChange): RoleChange {
  const edit: SharedEdit = Object.fromEntries(fields.map((field) => [field, before.settings[field] ?? null]))
  return { name: before.name, edit, ...(wish ? { written: profileBefore } : {}) }
}

function isWritten(before: WrittenProfile | null, wanted: RoleChange['written']): boolean {
  if (!wanted || !before) return !wanted && !before
  return (
    before.mode === wanted.mode &&
    (wanted.profile === undefined || wanted.profile === before.profile) &&
    (wanted.isDefault === undefined || wanted.isDefault === before.isDefault)
  )
}

function fieldsOf(edit: Edit): (keyof Edit)[] {
  return (Object.keys(edit) as (keyof Edit)[]).filter((field) => edit[field] !== undefined)
}

function definedOnly(written: NonNullable<RoleChange['written']>): NonNullable<ProfileWish['written']> {
  const entries = Object.entries(written).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as NonNullable<ProfileWish['written']>
}
