/**
 * Several profiles as one edit of the AWS files, which is taken back as one: all of them are written and removed, or none.
 * For what needs no session: profiles of static keys are written one by one, and adopted ones removed so.
 */
import type { OwnedProfileRecord } from '#core/store/types.ts'
import type { AwsFileDocument } from './document.ts'
import { type FileView, viewFile } from './ownership.ts'
import { prepareMany, type Views } from './prepare-many.ts'
import { DEFAULT_PROFILE, type Part, type ProfileFiles, type ProfileTarget } from './profile-files.ts'
import { requireSafeName } from './profile-names.ts'
import { removeMany } from './remove-many.ts'
import { checkTarget, pathOf, removalOf, withRecords } from './write-profile.ts'

export interface ProfileBatch {
  /** In process mode. */
  readonly write: readonly ProfileTarget[]
  /** Records in the files in force; none of them adopted. */
  readonly remove: readonly OwnedProfileRecord[]
}

/** Both files as they are and as `writeProfiles` would leave them. Throws what it would throw about their content. */
export async function planProfiles(files: ProfileFiles, batch: ProfileBatch): Promise<{ before: Views; after: Views }> {
  for (const { profile } of batch.write) requireSafeName(profile)
  const before = await files.viewBoth()
  return { before, after: apply(files, batch, before) }
}

/** @throws `profile.unsafe-name`, `profile.not-owned`, `file.*`: then nothing has changed */
export async function writeProfiles(
  files: ProfileFiles,
  batch: ProfileBatch,
  part: Part,
): Promise<readonly OwnedProfileRecord[]> {
  for (const target of batch.write) checkTarget(target)
  const written = batch.write.flatMap((target) => files.recordsFor(target))
  const removed = removedBy(files, batch)
  const operation = files.operation('write', summarise(batch), [...written, ...removed], part)
  await withRecords(files, written, async (keepRecords) => {
    // Keys that were written while other settings were in force.
    for (const record of removed) {
      const path = pathOf(files, record, 'credentials')
      if (path !== files.paths.credentials)
        await files.change('credentials', path, removalOf(files, record, 'credentials', undefined), operation)
    }
    // Secrets go first; a process comes before the keys that it takes the place of go.
    const order = batch.write.length > 0 ? (['config', 'credentials'] as const) : (['credentials', 'config'] as const)
    for (const kind of order) {
      const edit = async (document: AwsFileDocument) => {
        const here = viewFile(kind, files.paths[kind], document)
        const there = await files.view(kind === 'config' ? 'credentials' : 'config')
        const views = apply(files, batch, {
          config: kind === 'config' ? here : there,
          credentials: kind === 'config' ? there : here,
        })
        keepRecords()
        return views[kind].document
      }
      await files.change(kind, files.paths[kind], edit, operation)
    }
  })
  files.profiles.together(() => {
    for (const { profile, configFile } of removed) files.profiles.remove(profile, configFile)
  })
  files.log.info('profiles written', { written: written.length, removed: removed.length })
  return written
}

function apply(files: ProfileFiles, batch: ProfileBatch, before: Views): Views {
  const { config, credentials } = prepareMany(files, before, batch.write)
  const going = removedBy(files, batch)
  const without = (view: FileView): FileView =>
    removeMany(
      view,
      going.map(({ profile, adopted }) => ({ profile, kept: files.keptOf(adopted, view.kind) })),
    )
  return { config: without(config), credentials: without(credentials) }
}

/** Also the `[default]` that its target gives up, or that goes with the target's own profile. */
function removedBy(files: ProfileFiles, { write, remove }: ProfileBatch): OwnedProfileRecord[] {
  // A name that another target takes over in the same edit does not go.
  const taken = new Set(write.map(({ profile }) => profile))
  const own = remove.filter(({ profile }) => profile !== DEFAULT_PROFILE && !taken.has(profile))
  const ofDefault = files.recordOf(DEFAULT_PROFILE)
  if (!ofDefault) return own
  const writer = write.find(({ target }) => target === ofDefault.target)
  const goes = writer
    ? writer.makeDefault === false && writer.profile !== DEFAULT_PROFILE
    : remove.some(({ target }) => target === ofDefault.target)
  return goes ? [...own, ofDefault] : own
}

function summarise({ write, remove }: ProfileBatch): string {
  const names = [...write.map(({ profile }) => profile), ...remove.map(({ profile }) => profile)]
  const [only] = names
  if (names.length === 1) return write.length === 1 ? `Write profile ${only}` : `Remove profile ${only}`
  return `${write.length === 0 ? 'Remove' : 'Write'} ${names.length} profiles`
}
