/** Writing and removing profiles. The store's record is put before the files change: static keys that a crash left behind can always be found. */
import type { OwnedProfileRecord } from '#core/store/types.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { parseReplaced, type Replaced, restore } from './adoption.ts'
import type { AwsFileDocument } from './document.ts'
import { findOwnSection, viewFile } from './ownership.ts'
import { DEFAULT_PROFILE, type Operation, type Part, type ProfileFiles, type ProfileTarget } from './profile-files.ts'
import { requireSafeName } from './profile-names.ts'
import { removeContent } from './profile-text.ts'
import type { FileKind } from './readers/types.ts'

/** What removing a profile did beyond taking Hallpass's lines out. */
export interface Removal {
  readonly profile: string
  /** `whole`: what adopting had replaced is back; `lost`: the vault no longer had it; `nothing`: nothing was replaced. */
  readonly restored: 'nothing' | 'whole' | 'lost'
}

/** @throws `profile.unsafe-name`, and `internal` for static mode without credentials */
export function checkTarget({ profile, mode, credentials }: ProfileTarget): void {
  requireSafeName(profile)
  if (mode === 'static' && !credentials) {
    throw new HallpassError('internal', `Profile ${profile} needs credentials to be written in static mode.`)
  }
}

/** Static keys win over a process in every SDK, so this order never leaves a profile without credentials. */
export function writeOrder({ mode }: ProfileTarget): FileKind[] {
  return mode === 'static' ? ['credentials', 'config'] : ['config', 'credentials']
}

/** @throws as `AwsFiles.writeProfile` */
export async function writeProfile(
  files: ProfileFiles,
  target: ProfileTarget,
  part: Part,
): Promise<OwnedProfileRecord> {
  checkTarget(target)
  const records = files.recordsFor(target)
  const operation = files.operation('write', `Write profile ${target.profile}`, records, part)
  await withRecords(files, records, async (keepRecords) => {
    for (const kind of writeOrder(target)) {
      const edit = async (document: AwsFileDocument) => {
        const here = viewFile(kind, files.paths[kind], document)
        const there = await files.view(kind === 'config' ? 'credentials' : 'config')
        const { views } = kind === 'config' ? files.prepare(here, there, target) : files.prepare(there, here, target)
        keepRecords()
        return views[kind].document
      }
      await files.change(kind, files.paths[kind], edit, operation)
    }
  })
  if (target.makeDefault === false) await dropDefault(files, target.target, target.profile, operation)
  files.log.info('profile written', { profile: target.profile, mode: target.mode })
  return records[0] as OwnedProfileRecord
}

/** Puts records before the files change, and takes them back when that fails. */
export async function withRecords(
  { profiles }: ProfileFiles,
  records: readonly OwnedProfileRecord[],
  work: (keep: () => void) => Promise<void>,
): Promise<void> {
  const earlier = records.map(({ profile, configFile }) => profiles.get(profile, configFile))
  let isKept = false
  try {
    await work(() => {
      profiles.together(() => {
        for (const record of records) profiles.put(record)
      })
      isKept = true
    })
  } catch (cause) {
    profiles.together(() => {
      for (const [index, record] of isKept ? records.entries() : []) {
        const before = earlier[index]
        if (before) profiles.put(before)
        else profiles.remove(record.profile, record.configFile)
      }
    })
    throw cause
  }
}

/** Takes a recorded profile out of both files, puts back what adopting replaced, and forgets the record. */
export async function removeRecorded(files: ProfileFiles, record: OwnedProfileRecord, part: Part): Promise<Removal> {
  const { profile, configFile } = record
  const replaced = await readReplaced(files, record)
  const operation = files.operation('remove', `Remove profile ${profile}`, [record], part)
  // Secrets first.
  for (const kind of ['credentials', 'config'] as const) {
    await files.change(kind, pathOf(files, record, kind), removalOf(files, record, kind, replaced), operation)
  }
  files.profiles.remove(profile, configFile)
  if (record.adopted) await forgetReplaced(files, record.adopted.entry)
  files.log.info('profile removed', { profile })
  return { profile, restored: record.adopted ? (replaced ? 'whole' : 'lost') : 'nothing' }
}

/** The edit that removes a profile from one file. */
export function removalOf(
  files: ProfileFiles,
  record: OwnedProfileRecord,
  kind: FileKind,
  replaced: Replaced | undefined,
): (document: AwsFileDocument) => AwsFileDocument | undefined {
  const { profile, adopted } = record
  return (document) => {
    const view = viewFile(kind, pathOf(files, record, kind), document)
    const kept = files.keptOf(adopted, kind)
    const hunks = adopted?.files[kind] === undefined ? undefined : replaced?.[kind]
    if (hunks) return restore(view, profile, hunks, kept)
    const section = findOwnSection(view, profile, true)
    return section && removeContent(document, kind, section, kept)
  }
}

/** The file of that kind which a record's profile is in. */
export function pathOf(files: ProfileFiles, record: OwnedProfileRecord, kind: FileKind): string {
  const { configFile, credentialsFile, adopted } = record
  return kind === 'config' ? configFile : (credentialsFile ?? adopted?.files.credentials ?? files.paths.credentials)
}

/** What adopting replaced; `undefined` when nothing was, or when it is no longer in the vault. */
export async function readReplaced(
  { vault, log }: ProfileFiles,
  { profile, adopted }: OwnedProfileRecord,
): Promise<Replaced | undefined> {
  if (!adopted) return undefined
  const text = await vault.get(adopted.entry).catch((error: unknown) => {
    if (isHallpassError(error, 'vault.entry-lost')) return ''
    throw error
  })
  const replaced = parseReplaced(text)
  if (!replaced) log.warn('what an adopted profile was before is lost', { profile })
  return replaced
}

/** An entry that stays behind harms nobody: it is not worth failing for. */
export async function forgetReplaced({ vault, log }: ProfileFiles, entry: string): Promise<void> {
  await vault.remove(entry).catch(() => log.warn('a vault entry that is no longer needed stayed behind', { entry }))
}

/** Removes the `[default]` of a target, unless that is the profile itself. */
export async function dropDefault(
  files: ProfileFiles,
  target: string,
  profile: string,
  { id, recorded }: Pick<Operation, 'id' | 'recorded'>,
): Promise<void> {
  const record = files.recordOf(DEFAULT_PROFILE)
  if (record?.target === target && profile !== DEFAULT_PROFILE) await removeRecorded(files, record, { id, recorded })
}
