/**
 * Profiles that Hallpass writes into the person's AWS files and owns there. Nothing else in the files changes, and a
 * write happens only when both SDKs will read exactly what was meant (`verify-profile.ts`).
 */
import type { OwnedProfileRecord } from '#core/store/types.ts'
import { HallpassError } from '#shared/errors.ts'
import { adoptProfile, describeForeign, type ForeignProfile, planAdoption } from './adopt-profile.ts'
import { keptOf } from './adoption.ts'
import { restoreEdits } from './apply-edit.ts'
import { unifiedDiff } from './diff.ts'
import type { AwsFileDocument } from './document.ts'
import { printOnce } from './document-cache.ts'
import { claimSection, type FileView, findOwnSection, viewFile } from './ownership.ts'
import { type AwsFilesOptions, DEFAULT_PROFILE, type Part, ProfileFiles, type ProfileTarget } from './profile-files.ts'
import { requireSafeName } from './profile-names.ts'
import { removeContent } from './profile-text.ts'
import type { FileKind } from './readers/types.ts'
import { discardOperation, newOperation } from './undo.ts'
import { type EditRecord, listEdits, planUndo, undoOperation } from './undo-edit.ts'
import { dropDefault, type Removal, readReplaced, removalOf, removeRecorded, writeProfile } from './write-profile.ts'
import { type ProfileBatch, planProfiles, writeProfiles } from './write-profiles.ts'

/** What an edit of a profile would do. */
export interface ProfilePlan {
  readonly profile: string
  /** Unified diff; secrets shown as `••••`. Empty when nothing would change. */
  readonly diff: string
  readonly files: readonly string[]
}

export interface AwsFiles {
  /**
   * What `writeProfile` would do, and then removing `replaced`; touches nothing. Throws what writing would throw about
   * the files' content.
   */
  planProfile(target: ProfileTarget, replaced?: string): Promise<ProfilePlan>
  /**
   * Writes a profile, or brings an owned one up to date; switching modes removes what the other mode left.
   * @throws `profile.unsafe-name`, `profile.not-owned`, `file.*`: then nothing has changed
   */
  writeProfile(target: ProfileTarget, part?: Part): Promise<OwnedProfileRecord>
  /** What `writeProfiles` would do; touches nothing. */
  planProfiles(batch: ProfileBatch): Promise<Pick<ProfilePlan, 'diff' | 'files'>>
  /** Several profiles as one edit. @throws as `writeProfile`: then nothing has changed */
  writeProfiles(batch: ProfileBatch, part?: Part): Promise<readonly OwnedProfileRecord[]>
  /**
   * Removes a profile and the `[default]` written with it, and puts back what adopting it had replaced. Keys the person
   * added to the section stay.
   * @throws `profile.not-found`, `profile.not-owned`, `vault.*` for an adopted one, `file.*`
   */
  removeProfile(profile: string, part?: Part): Promise<Removal>
  /** Where a section of somebody else's gets its credentials. @throws `profile.not-found`, `profile.in-use`, `file.*` */
  describeForeign(profile: string): Promise<ForeignProfile>
  /** What `adoptProfile` would do; touches nothing. */
  planAdoption(target: ProfileTarget): Promise<ProfilePlan>
  /**
   * Makes a section of somebody else's into Hallpass's; what it replaces goes into the vault.
   * @throws `profile.not-found`, `profile.in-use`, `vault.*`, `file.*`: then nothing has changed
   */
  adoptProfile(target: ProfileTarget, part?: Part): Promise<OwnedProfileRecord>
  /**
   * Takes static keys out of the credentials file; the profile itself stays. Also works on files no SDK can read.
   * @returns whether there were any
   */
  clearStaticKeys(profile: string): Promise<boolean>
  /**
   * Makes edits again that a program without a lock has just overwritten. Never throws: what can't be done now is
   * tried at the next look, or with the next edit.
   */
  restoreOverwritten(): Promise<void>
  /** The records of profiles written to the config file in force. */
  list(): OwnedProfileRecord[]
  /** The names of every profile that one of the SDKs finds in the files, whoever wrote it. @throws `file.*` */
  names(): Promise<Set<string>>
  /** The edits that can be taken back, newest first. */
  edits(): Promise<EditRecord[]>
  /** What `undo` would change, without profiles to adopt again. @throws `undo.nothing`, `undo.conflict` */
  planUndo(operation: string): Promise<{ diff: string; files: string[] }>
  /** Takes an edit back. @throws `undo.nothing`, `undo.conflict`, `vault.*`, `file.*`: then nothing has changed */
  undo(operation: string): Promise<void>
  /** Takes an edit off the list without taking it back. */
  forgetEdit(operation: string): Promise<void>
}

/** A look that nobody asked for waits no longer than this for another process. */
const RESTORE_TIMEOUT_MS = 1000

export function createAwsFiles(options: AwsFilesOptions): AwsFiles {
  const files = new ProfileFiles(options)
  let looking: Promise<void> | undefined
  return {
    writeProfile: (target, part = {}) => writeProfile(files, target, part),
    adoptProfile: (target, part = {}) => adoptProfile(files, target, part),
    async planProfiles(batch) {
      const { before, after } = await planProfiles(files, batch)
      return changesBetween(before, after)
    },
    writeProfiles: (batch, part = {}) => writeProfiles(files, batch, part),
    describeForeign: (profile) => describeForeign(files, profile),
    edits: () => listEdits(files),
    planUndo: (operation) => planUndo(files, operation),
    undo: (operation) => undoOperation(files, operation),
    forgetEdit: (operation) => discardOperation(files.fs, files.stateHome, operation),
    list: () => files.profiles.list().filter(({ configFile }) => configFile === files.paths.config),
    async names() {
      const { config, credentials } = await files.viewBoth()
      const readings = [config, credentials].flatMap((view) => [view.readings.botocore, view.readings['js-sdk']])
      return new Set(readings.flatMap(({ profiles }) => [...profiles.keys()]))
    },
    async planProfile(target, replaced) {
      requireSafeName(target.profile)
      const before = await files.viewBoth()
      const { views } = files.prepare(before.config, before.credentials, target)
      const record = replaced === undefined ? undefined : files.recordOf(replaced)
      return planOf(target.profile, before, record ? await withoutProfile(files, views, record) : views)
    },
    async planAdoption(target) {
      const { before, views } = await planAdoption(files, target)
      return planOf(target.profile, before, views)
    },
    async removeProfile(profile, { id = newOperation(), recorded = 'all' } = {}) {
      const record = files.recordOf(profile)
      if (!record) {
        claimSection(await files.view('config'), profile, false)
        claimSection(await files.view('credentials'), profile, false)
        throw new HallpassError('profile.not-found', `There is no profile ${profile}.`, {
          hint: 'List the profiles Hallpass wrote with hallpass profile list.',
        })
      }
      const removal = await removeRecorded(files, record, { id, recorded })
      const isLast = !files.profiles
        .list()
        .some(
          ({ target, profile: other, configFile }) =>
            target === record.target && other !== DEFAULT_PROFILE && configFile === record.configFile,
        )
      if (isLast) await dropDefault(files, record.target, profile, { id, recorded })
      return removal
    },
    async clearStaticKeys(profile) {
      const record = files.recordOf(profile)
      const inDefault = files.recordOf(DEFAULT_PROFILE)
      let changed = false
      for (const each of new Set([record, inDefault?.target === record?.target ? inDefault : undefined])) {
        if (each?.credentialsFile) changed = (await clearKeys(files, each, each.credentialsFile)) || changed
      }
      return changed
    },
    restoreOverwritten() {
      looking ??= lookAtFiles(files).finally(() => {
        looking = undefined
      })
      return looking
    },
  }
}

async function lookAtFiles({ paths, stateHome, clock, fs, log }: ProfileFiles): Promise<void> {
  for (const path of [paths.config, paths.credentials]) {
    try {
      const isRestored = await restoreEdits(path, { stateHome, clock, fs, lockTimeoutMs: RESTORE_TIMEOUT_MS })
      if (isRestored) log.warn('an edit that another program had overwritten was made again', { file: path })
    } catch (error) {
      log.warn('an AWS file could not be looked at', { file: path, error })
    }
  }
}

async function withoutProfile(
  files: ProfileFiles,
  views: Readonly<Record<FileKind, FileView>>,
  record: OwnedProfileRecord,
): Promise<Record<FileKind, FileView>> {
  const replaced = await readReplaced(files, record)
  const remove = (view: FileView): FileView => {
    const document = removalOf(files, record, view.kind, replaced)(view.document)
    return document ? viewFile(view.kind, view.path, document, view) : view
  }
  return { config: remove(views.config), credentials: remove(views.credentials) }
}

/** Not on the undo list: keys that are gone stay gone. */
async function clearKeys(files: ProfileFiles, record: OwnedProfileRecord, path: string): Promise<boolean> {
  const { profile, adopted } = record
  const operation = files.operation('remove', `Remove static keys of profile ${profile}`, [record], {
    recorded: 'none',
  })
  const clear = (document: AwsFileDocument) => {
    const section = findOwnSection(viewFile('credentials', path, document), profile, true)
    return section && removeContent(document, 'credentials', section, keptOf(adopted, 'credentials'))
  }
  return files.change('credentials', path, clear, operation)
}

function planOf(
  profile: string,
  before: Readonly<Record<FileKind, FileView>>,
  after: Readonly<Record<FileKind, FileView>>,
): ProfilePlan {
  return { profile, ...changesBetween(before, after) }
}

function changesBetween(
  before: Readonly<Record<FileKind, FileView>>,
  after: Readonly<Record<FileKind, FileView>>,
): Pick<ProfilePlan, 'diff' | 'files'> {
  const changes = (['config', 'credentials'] as const).map((kind) => ({
    path: before[kind].path,
    diff: unifiedDiff(before[kind].path, printOnce(before[kind].document), printOnce(after[kind].document)),
  }))
  const changed = changes.filter(({ diff }) => diff !== '')
  return { diff: changed.map(({ diff }) => diff).join(''), files: changed.map(({ path }) => path) }
}
