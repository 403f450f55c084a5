/** Moving in: shows what would happen, and does it. Of where things come from nothing changes unless asked. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { ImportedItem, ImportItem, ImportOptions, ImportPlan, ImportResult, ImportSource } from '#shared/import.ts'
import { DEFAULT_PROFILE } from '../awsfiles/index.ts'
import type { IdentityService } from '../identities.ts'
import type { GivenRoles } from '../identity-center/given-roles.ts'
import type { ProfileService } from '../profile-service.ts'
import type { RoleService } from '../roles.ts'
import type { PlannedPermissionSet } from './identity-centers.ts'
import type { PlannedIdentity } from './plan.ts'
import { createPlanner, type SourceParts } from './sources.ts'

export interface ImportService {
  /**
   * What importing would do, touching nothing. An AWS file that is missing has no profiles, unless it was named.
   * @throws `file.*`; `file.unparsable` when SDKs can't read an AWS file; `import.*`; `vault.*` where keys are in a keychain
   */
  plan(source?: ImportSource): Promise<ImportPlan>
  /**
   * Does it. One item that fails keeps no other from being imported; running it again goes on where it stopped.
   * @throws as `plan`, and `usage.invalid` for moving keys out of what is no AWS file in force
   */
  run(options?: ImportOptions): Promise<ImportResult>
}

export interface ImportParts extends SourceParts {
  readonly identities: IdentityService
  readonly roles: RoleService
  /** Adds roles that come with Identity Center. */
  readonly givenRoles: GivenRoles
  readonly profiles: Pick<ProfileService, 'adopt' | 'list'>
  /** On the practice account nothing real is taken in. */
  readonly isPractice: boolean
}

const AWS_FILES: ImportSource = { kind: 'aws-files' }

export function createImportService(parts: ImportParts): ImportService {
  const { files, identities, roles, givenRoles, profiles, isPractice } = parts
  const planner = createPlanner(parts)

  async function planFor(source: ImportSource) {
    if (isPractice) {
      throw new HallpassError('practice.kept-apart', 'The practice account does not take your own keys in.', {
        hint: 'Leave the practice account first.',
      })
    }
    return planner(source)
  }

  return {
    async plan(source = AWS_FILES) {
      const { files: read, plan } = await planFor(source)
      return { files: [...read], items: [...plan.items], identityCenters: [...plan.identityCenters] }
    },

    async run({ source = AWS_FILES, profiles: chosen, moveKeys = false, verify = true } = {}) {
      const file = source.kind === 'aws-files' ? source.file : source.kind
      const isInForce = file === undefined || file === files.config || file === files.credentials
      if (moveKeys && !isInForce) {
        throw new HallpassError('usage.invalid', 'Only keys in the AWS files that are in use can be moved.', {
          hint: `Import ${file} without moving its keys, or leave the file out.`,
        })
      }
      const { files: read, plan } = await planFor(source)
      const wanted = withNeeds(plan.items, chosen)
      const results = new Map<string, ImportedItem>()
      const verdicts = new Map<string, Verdict>()
      // Sources come first: keys, roles of Identity Center, then others in the order of their chains.
      for (const item of plan.items) {
        const planned = plan.identities.get(item.profile)
        if (!planned || !wanted.has(item.profile)) continue
        const { accessKeyId } = planned.input
        const verdict = verdicts.get(accessKeyId) ?? (await storeKey(planned))
        verdicts.set(accessKeyId, verdict)
        results.set(item.profile, { ...item, ...verdict, moved: false })
      }
      const added = new Map<PlannedPermissionSet, Verdict>()
      for (const item of plan.items) {
        const planned = plan.permissionSets.get(item.profile)
        if (!planned || !wanted.has(item.profile)) continue
        const verdict = added.get(planned) ?? (await addPermissionSet(planned))
        added.set(planned, verdict)
        results.set(item.profile, { ...item, ...verdict, moved: false })
      }
      const items = new Map(plan.items.map((item) => [item.profile, item]))
      // Thousands of roles wait for the disk once; one that fails is undone alone.
      parts.store.transaction(() => {
        for (const [profile, role] of plan.roles) {
          const item = items.get(profile)
          if (!item || !wanted.has(profile)) continue
          const missing = item.needs.find((need) => results.get(need)?.result === 'failed')
          const verdict = missing === undefined ? attempt(() => roles.add(role)) : failure(sourceFailed(missing))
          results.set(profile, { ...item, ...verdict, moved: false })
        }
      })
      // Last: what starts from a key could not be told from its profile any more, should this be cut off.
      for (const result of moveKeys ? [...results.values()] : []) {
        const name = plan.identities.get(result.profile)?.input.name
        if (name === undefined || !result.plaintextKey || result.outcome === 'role' || result.result === 'failed')
          continue
        results.set(result.profile, { ...result, ...(await moveKey(result.profile, name)) })
      }
      return {
        files: [...read],
        items: plan.items.map((item) => results.get(item.profile) ?? untouched(item)),
        identityCenters: [...plan.identityCenters],
      }

      function untouched(item: ImportItem): ImportedItem {
        const isLeftOut = !wanted.has(item.profile) && item.outcome !== 'skipped'
        const result = isLeftOut ? 'left-out' : item.outcome === 'skipped' ? 'skipped' : 'known'
        return { ...item, result, verified: null, moved: false, error: null }
      }

      async function storeKey({ input, isKnown, addMfaSerial }: PlannedIdentity) {
        try {
          if (isKnown) {
            if (addMfaSerial !== null) await identities.edit(input.name, { mfaSerial: addMfaSerial })
            return { result: 'known', verified: null, error: null } as const
          }
          const { identity } = await identities.add(input, { verify })
          if (identity.userArn?.endsWith(':root')) {
            await identities.remove(identity.name)
            throw rootKey()
          }
          return { result: 'added', verified: verify ? identity.verified : null, error: null } as const
        } catch (error) {
          return failure(error)
        }
      }
    },
  }

  async function addPermissionSet({ center, role }: PlannedPermissionSet): Promise<Verdict> {
    try {
      const { name } = await givenRoles.center(center)
      givenRoles.add(name, role)
      return { result: 'added', verified: null, error: null }
    } catch (error) {
      return failure(error)
    }
  }

  async function moveKey(profile: string, name: string) {
    try {
      refuseSecondProfile(profile, name)
      await profiles.adopt(profile, { name })
      return { moved: true, error: null }
    } catch (error) {
      return { moved: false, error: failure(error).error }
    }
  }

  /** An identity has one profile beside `[default]`: a second would put the key of the first back. */
  function refuseSecondProfile(profile: string, name: string): void {
    const other = profiles.list().find((owned) => owned.name === name && owned.profile !== DEFAULT_PROFILE)
    if (profile === DEFAULT_PROFILE || !other || other.profile === profile) return
    throw new HallpassError(
      'profile.in-use',
      `${name} has a profile already, ${other.profile}. The key stays in this one.`,
      {
        hint: `Use profile ${other.profile}, and remove this one by hand.`,
      },
    )
  }
}

type Verdict = Pick<ImportedItem, 'result' | 'verified' | 'error'>

/** What was chosen, and what that needs. Known and skipped ones count as wanted unless others were chosen. */
function withNeeds(items: readonly ImportItem[], chosen: readonly string[] | undefined): ReadonlySet<string> {
  if (chosen === undefined) return new Set(items.map(({ profile }) => profile))
  const byProfile = new Map(items.map((item) => [item.profile, item]))
  const unknown = chosen.find((profile) => !byProfile.has(profile))
  if (unknown !== undefined) {
    throw new HallpassError('profile.not-found', `There is no ${unknown} to import.`, {
      hint: 'Look again at what can be imported: it has changed.',
    })
  }
  const wanted = new Set(chosen)
  // Grows while it is walked.
  for (const profile of wanted) for (const need of byProfile.get(profile)?.needs ?? []) wanted.add(need)
  return wanted
}

function attempt(work: () => unknown): Verdict {
  try {
    work()
    return { result: 'added', verified: null, error: null }
  } catch (error) {
    return failure(error)
  }
}

/** @throws whatever is no coded error */
function failure(error: unknown) {
  if (!isHallpassError(error)) throw error
  return { result: 'failed', verified: null, error: error.toReport() } as const
}

function sourceFailed(profile: string): HallpassError {
  return new HallpassError('record.in-use', `${profile}, which it starts from, was not imported.`, {
    hint: `See what is said about ${profile}, then import again.`,
  })
}

function rootKey(): HallpassError {
  return new HallpassError(
    'input.invalid',
    'This is the key of a root user, which may do everything. It was not stored.',
    {
      hint: 'Delete the key in the AWS console, and make an IAM user instead.',
    },
  )
}
