/**
 * Adopting a profile: Hallpass's lines take the place of what said where its credentials come from. What they replace is
 * in the vault before a file changes, so that no crash loses it.
 */
import { randomUUID } from 'node:crypto'
import type { AdoptionRecord, OwnedProfileRecord } from '#core/store/types.ts'
import { HallpassError } from '#shared/errors.ts'
import { printReplaced, type Replaced } from './adoption.ts'
import type { AwsFileDocument } from './document.ts'
import { propertiesOf } from './document.ts'
import { type FileView, findOwnSection, sectionsFor, viewFile } from './ownership.ts'
import {
  type Adopting,
  foreignSection,
  hasRegion,
  type Operation,
  type Part,
  type Prepared,
  type ProfileFiles,
  type ProfileTarget,
} from './profile-files.ts'
import { requireSafeName } from './profile-names.ts'
import type { FileKind } from './readers/types.ts'
import { discardOperation } from './undo.ts'
import { checkTarget, forgetReplaced, readReplaced, removalOf, writeOrder } from './write-profile.ts'

/** What a section of somebody else's says of where its credentials come from. */
export interface ForeignProfile {
  readonly roleArn: string | undefined
  readonly accessKeyId: string | undefined
}

/**
 * What can be adopted under that name.
 * @throws `profile.not-found` when no file has such a section, `profile.in-use` when it is Hallpass's already,
 *   `file.unparsable` when a file has several
 */
export async function describeForeign(files: ProfileFiles, profile: string): Promise<ForeignProfile> {
  const views = Object.values(await files.viewBoth())
  findForeign(files, views, profile)
  const values = new Map(
    views.flatMap((view) =>
      sectionsFor(view, profile).flatMap((section) =>
        propertiesOf(view.document, section).map(({ key, value }) => [key, value] as const),
      ),
    ),
  )
  return { roleArn: values.get('role_arn'), accessKeyId: values.get('aws_access_key_id') }
}

interface AdoptionPlan extends Prepared {
  readonly before: Record<FileKind, FileView>
  readonly adopting: Adopting
}

/** Both files as adopting would leave them, and what it would replace. */
export async function planAdoption(files: ProfileFiles, target: ProfileTarget): Promise<AdoptionPlan> {
  requireSafeName(target.profile)
  const before = await files.viewBoth()
  const adopting = findForeign(files, Object.values(before), target.profile)
  return { before, adopting, ...files.prepare(before.config, before.credentials, target, adopting) }
}

/** @throws as `AwsFiles.adoptProfile` */
export async function adoptProfile(
  files: ProfileFiles,
  target: ProfileTarget,
  part: Part,
): Promise<OwnedProfileRecord> {
  checkTarget(target)
  const { replaced, before, adopting } = await planAdoption(files, target)
  const earlier = files.recordOf(target.profile)
  const carried = earlier?.adopted ? await carriedOver(files, earlier, before) : { replaced: {}, files: {} }
  const adopted: AdoptionRecord = {
    entry: `adopted/${randomUUID()}`,
    files: { ...carried.files, ...Object.fromEntries(kindsOf(replaced).map((kind) => [kind, files.paths[kind]])) },
    ownRegion: adopting.ownRegion,
  }
  const records = files.recordsFor(target, adopted)
  const operation = files.operation('adopt', `Adopt profile ${target.profile}`, records, part)
  const keep = createKeeper(files, adopted.entry, { ...carried.replaced, ...replaced })
  await keep({})
  for (const record of records) files.profiles.put(record)
  const changed: FileKind[] = []
  try {
    for (const kind of writeOrder(target)) {
      const edit = async (document: AwsFileDocument) => {
        const here = viewFile(kind, files.paths[kind], document)
        const there = await files.view(kind === 'config' ? 'credentials' : 'config')
        const [config, credentials] = kind === 'config' ? [here, there] : [there, here]
        const prepared = files.prepare(config, credentials, target, adopting)
        await keep(prepared.replaced[kind] ? { [kind]: prepared.replaced[kind] } : {})
        return prepared.views[kind].document
      }
      if (await files.change(kind, files.paths[kind], edit, operation)) changed.push(kind)
    }
  } catch (cause) {
    await goBack(files, records, operation, changed, keep.current())
    throw cause
  }
  if (earlier?.adopted) await forgetReplaced(files, earlier.adopted.entry)
  files.log.info('profile adopted', { profile: target.profile, mode: target.mode })
  return records[0] as OwnedProfileRecord
}

function findForeign(files: ProfileFiles, views: readonly FileView[], profile: string): Adopting {
  const record = files.recordOf(profile)
  const foreign = views.filter((view) => foreignSection(view, profile, record !== undefined))
  if (foreign.length > 0) return { ownRegion: hasRegion(views, profile), hadRecord: record !== undefined }
  if (record && views.some((view) => findOwnSection(view, profile, true))) {
    throw new HallpassError('profile.in-use', `Profile ${profile} is Hallpass’s already.`, {
      hint: 'To change what it is for, remove it first, or write it anew.',
    })
  }
  const where = `${files.paths.config} and ${files.paths.credentials}`
  throw new HallpassError('profile.not-found', `There is no profile ${profile} in ${where}.`, {
    hint: 'A profile that is not there need not be adopted: write it.',
  })
}

/** What an adoption that was not finished, or whose other file was rewritten by hand, had replaced in files still Hallpass's. */
async function carriedOver(files: ProfileFiles, record: OwnedProfileRecord, views: Record<FileKind, FileView>) {
  const replaced = (await readReplaced(files, record)) ?? {}
  const kinds = kindsOf(replaced).filter((kind) => findOwnSection(views[kind], record.profile, true))
  const pick = <T>(from: { readonly [K in FileKind]?: T }) =>
    Object.fromEntries(kinds.flatMap((kind) => (from[kind] === undefined ? [] : [[kind, from[kind]]])))
  return { replaced: pick(replaced) as Replaced, files: pick(record.adopted?.files ?? {}) }
}

/** Keeps the vault's entry in step with what the files really had when they were edited. */
function createKeeper({ vault }: ProfileFiles, entry: string, first: Replaced) {
  let replaced = first
  let stored = ''
  const keep = async (more: Replaced): Promise<void> => {
    replaced = { ...replaced, ...more }
    const text = printReplaced(replaced)
    if (text !== stored) await vault.put(entry, text)
    stored = text
  }
  return Object.assign(keep, { current: () => replaced })
}

/** After a failure half way: the file that was changed gets its lines back, or else the record stays so that it can. */
async function goBack(
  files: ProfileFiles,
  records: readonly OwnedProfileRecord[],
  operation: Operation,
  changed: readonly FileKind[],
  replaced: Replaced,
): Promise<void> {
  const [record] = records
  if (!record?.adopted) return
  try {
    for (const kind of changed) {
      const edit = removalOf(files, record, kind, replaced)
      await files.change(kind, files.paths[kind], edit, { ...operation, recorded: 'none' })
    }
  } catch {
    files.log.warn('a profile was adopted by half', { profile: record.profile })
    return
  }
  await discardOperation(files.fs, files.stateHome, operation.id)
  for (const { profile, configFile, before } of operation.records) {
    if (before) files.profiles.put(before)
    else files.profiles.remove(profile, configFile)
  }
  await forgetReplaced(files, record.adopted.entry)
}

function kindsOf(replaced: Replaced): FileKind[] {
  return (['config', 'credentials'] as const).filter((kind) => replaced[kind] !== undefined)
}
