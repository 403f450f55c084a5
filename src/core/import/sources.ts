/** One plan for whatever things are taken in from. */
import { join } from 'node:path'
import type { ImportSource } from '#shared/import.ts'
import { type FileSystem, realFileSystem } from '../awsfiles/file-system.ts'
import { MAX_FILE_BYTES } from '../awsfiles/file-target.ts'
import type { AwsFileLocations } from '../awsfiles/index.ts'
import { readMergedProfiles } from '../awsfiles/merged-profiles.ts'
import { findTarget, hasKey } from '../names.ts'
import { readSmallFile } from '../small-file.ts'
import type { Store } from '../store/types.ts'
import type { Found } from './found.ts'
import { skipped } from './items.ts'
import type { DetailedPlan } from './plan.ts'
import { planAwsFiles } from './plan-aws-files.ts'
import { planFound } from './plan-found.ts'

export interface SourceParts {
  readonly files: AwsFileLocations
  readonly store: Store
  /** The person's home folder, absolute. */
  readonly userHome: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** An item of another program's in the keychain, by its service and account; null when it is not there. @throws `vault.*` */
  readonly foreignSecret: (service: string, account: string) => Promise<string | null>
  readonly platform?: NodeJS.Platform
  readonly fs?: FileSystem
}

export interface SourcePlan {
  /** What was read, absolute. */
  readonly files: readonly string[]
  readonly plan: DetailedPlan
}

/** @returns a planner, which throws `file.*`, `import.*`, `vault.*`, `role.not-found` */
export function createPlanner(parts: SourceParts): (source: ImportSource) => Promise<SourcePlan> {
  const { files, store, userHome, env, foreignSecret, platform = process.platform, fs = realFileSystem } = parts
  const known = () => {
    const all = store.identities.list()
    return {
      identities: all.filter(hasKey),
      centers: all.filter((each) => each.kind === 'identity-center'),
      roles: store.roles.list(),
      otherNames: all.filter((each) => each.kind === 'aws-profile').map(({ name }) => name),
    }
  }
  const ofFound = ({ files: read, items }: Found): SourcePlan => ({ files: read, plan: planFound(items, known()) })

  async function awsFiles(file: string | undefined): Promise<SourcePlan> {
    // One file is read both ways: its headers tell of what kind it is.
    // The AWS files may be missing; one that a person names may not.
    if (file !== undefined) await readSmallFile(file, MAX_FILE_BYTES)
    const place = file === undefined ? files : { config: file, credentials: file }
    const merged = await readMergedProfiles(fs, place, 'aws')
    return {
      files: file === undefined ? [files.config, files.credentials] : [file],
      plan: planAwsFiles(merged, known()),
    }
  }

  // What is needed once in the life of an installation is loaded then.
  async function awsVault(withProgram: boolean): Promise<SourcePlan> {
    const [{ layOver }, { findAwsVaultKeys }] = await Promise.all([
      import('./aws-vault.ts'),
      import('./aws-vault-store.ts'),
    ])
    const merged = await readMergedProfiles(fs, files, 'aws')
    const secret = (account: string) => foreignSecret('aws-vault', account)
    const places = { env, home: userHome, platform, secret }
    const { keys, leftOut } = await findAwsVaultKeys(places, [...merged.profiles.keys()], withProgram)
    const over = layOver(merged, keys)
    const plan = planAwsFiles(over.merged, known(), over.elsewhere)
    // A profile of that name says why it has no key in its own words; this is nearer to it.
    const items = plan.items.map((item) => {
      const why = item.outcome === 'skipped' ? leftOut.get(item.profile) : undefined
      return why === undefined ? item : skipped(item.profile, why)
    })
    const profiles = new Set(items.map(({ profile }) => profile))
    const others = [...leftOut].filter(([name]) => !profiles.has(name)).map(([name, why]) => skipped(name, why))
    return {
      files: [files.config, files.credentials],
      plan: { ...plan, items: [...items, ...others] },
    }
  }

  return async (source) => {
    switch (source.kind) {
      case 'aws-files':
        return awsFiles(source.file)
      case 'aws-vault':
        return awsVault(source.withProgram ?? false)
      case 'leapp': {
        const [{ findInLeapp }, { machineId }] = await Promise.all([import('./leapp.ts'), import('./machine-id.ts')])
        const file = source.file ?? join(userHome, '.Leapp', 'Leapp-lock.json')
        const secret = (account: string) => foreignSecret('Leapp', account)
        return ofFound(
          await findInLeapp({ file, isUsual: source.file === undefined, machineId: () => machineId(platform), secret }),
        )
      }
      case 'switch-roles': {
        const { findInSwitchRoles } = await import('./switch-roles.ts')
        const from = source.from === undefined ? undefined : nameOf(source.from)
        return ofFound(findInSwitchRoles(source.text, { identities: store.identities.list().filter(hasKey), from }))
      }
    }
  }

  /** As it is written in Hallpass. @throws `role.not-found` */
  function nameOf(from: string): string {
    const target = findTarget(store, from)
    return target.kind === 'role' ? target.role.name : target.identity.name
  }
}
