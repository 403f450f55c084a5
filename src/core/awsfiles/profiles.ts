/**
 * Profiles that Hallpass writes into the person's AWS files and owns there. Nothing else in the files changes, and a
 * write happens only when both SDKs will read exactly what was meant (`verify-profile.ts`).
 *
 * The store's record is put before the files change: static keys that a crash left behind can always be found.
 */
import type { Clock, Log } from '#core/capabilities.ts'
import type { ProfilePlan } from '#core/hallpass.ts'
import type { OwnedProfileRecord, OwnedProfileTable } from '#core/store/types.ts'
import { HallpassError } from '#shared/errors.ts'
import type { ProfileMode } from '#shared/fields.ts'
import type { SessionCredentials } from '#shared/models.ts'
import { applyEdit, restoreEdits } from './apply-edit.ts'
import { credentialProcessLine } from './command-line.ts'
import { unifiedDiff } from './diff.ts'
import type { AwsFileDocument } from './document.ts'
import { parseOnce, printOnce } from './document-cache.ts'
import { type FileSystem, realFileSystem } from './file-system.ts'
import { readSnapshot, resolveTarget } from './file-target.ts'
import { locateAwsFiles } from './locations.ts'
import { claimSection, type FileView, findOwnSection, viewFile } from './ownership.ts'
import { requireSafeName } from './profile-names.ts'
import { entriesOf, type ProfileContent, removeContent, writeContent } from './profile-text.ts'
import type { FileKind } from './readers/types.ts'
import { verifyProfile } from './verify-profile.ts'

export interface AwsFilesOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The person's home folder, absolute. */
  readonly home: string
  /** The Hallpass state folder, absolute. */
  readonly stateHome: string
  readonly profiles: OwnedProfileTable
  readonly clock: Clock
  readonly log: Log
  readonly fs?: FileSystem
}

/** What a profile should be. */
export interface ProfileTarget {
  readonly profile: string
  /** Name of the role or identity, as the `credential-process` command takes it. */
  readonly name: string
  /** The store's key for it: `role:<id>` or `identity:<id>`. */
  readonly target: string
  readonly mode: ProfileMode
  readonly region: string
  /** Absolute path of the shim. */
  readonly command: string
  /** Write `[default]` too. Left out, a `[default]` written for the same target earlier is kept in step. */
  readonly makeDefault?: boolean
  /** Needed to write in static mode; a plan does without. */
  readonly credentials?: SessionCredentials
}

export interface AwsFiles {
  /** What `writeProfile` would do; touches nothing. Throws what it would throw about the files' content. */
  planProfile(target: ProfileTarget): Promise<ProfilePlan>
  /**
   * Writes a profile, or brings an owned one up to date; switching modes removes what the other mode left.
   * @throws `profile.unsafe-name`, `profile.not-owned`, `file.*`: then nothing has changed
   */
  writeProfile(target: ProfileTarget): Promise<OwnedProfileRecord>
  /**
   * Removes a profile and the `[default]` written with it. Keys the person added to the section stay.
   * @throws `profile.not-found`, `profile.not-owned`, `file.*`
   */
  removeProfile(profile: string): Promise<void>
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
}

/** Shown in plans made before a session exists. */
const PENDING = { accessKeyId: 'ASIA', secretAccessKey: 'pending', sessionToken: 'pending', expiration: new Date(0) }

/** A look that nobody asked for waits no longer than this for another process. */
const RESTORE_TIMEOUT_MS = 1000

const DEFAULT_PROFILE = 'default'

export function createAwsFiles(options: AwsFilesOptions): AwsFiles {
  const { stateHome, profiles, clock, log, fs = realFileSystem } = options
  const files = locateAwsFiles(options.env, options.home)

  const view = async (kind: FileKind, path = files[kind]): Promise<FileView> => {
    const { bytes } = await readSnapshot(fs, await resolveTarget(fs, path))
    return viewFile(kind, path, parseOnce(bytes))
  }

  /** The profiles a target is written as, the named one first. */
  const namesFor = ({ profile, target, makeDefault }: ProfileTarget): string[] => {
    const owned = profiles.get(DEFAULT_PROFILE, files.config)?.target === target
    const withDefault = profile !== DEFAULT_PROFILE && (makeDefault ?? owned)
    return withDefault ? [profile, DEFAULT_PROFILE] : [profile]
  }

  const contentOf = (target: ProfileTarget, profile: string): ProfileContent => ({
    profile,
    mode: target.mode,
    region: target.region,
    commandLine: credentialProcessLine(target.command, target.name),
    credentials: target.mode === 'static' ? (target.credentials ?? PENDING) : null,
  })

  /** Both files as they would be with the target written. */
  const prepare = (config: FileView, credentials: FileView, target: ProfileTarget): Record<FileKind, FileView> => {
    const contents = namesFor(target).map((profile) => contentOf(target, profile))
    let result = { config, credentials }
    for (const content of contents) {
      const hasRecord = profiles.get(content.profile, files.config) !== undefined
      const write = (at: FileView): FileView => {
        const isWritten = entriesOf(content, at.kind).length > 0
        const section = (isWritten ? claimSection : findOwnSection)(at, content.profile, hasRecord)
        const document = writeContent(at.document, at.kind, content, section)
        return document === at.document ? at : viewFile(at.kind, at.path, document)
      }
      result = { config: write(result.config), credentials: write(result.credentials) }
    }
    for (const content of contents) verifyProfile(result.config, result.credentials, content)
    return result
  }

  const recordsFor = (target: ProfileTarget): OwnedProfileRecord[] =>
    namesFor(target).map((profile) => ({
      profile,
      target: target.target,
      mode: target.mode,
      configFile: files.config,
      credentialsFile: target.mode === 'static' ? files.credentials : null,
      writtenAt: new Date(clock()).toISOString(),
    }))

  const withRecords = async (records: readonly OwnedProfileRecord[], work: (keep: () => void) => Promise<void>) => {
    const earlier = records.map(({ profile, configFile }) => profiles.get(profile, configFile))
    let isKept = false
    try {
      await work(() => {
        for (const record of records) profiles.put(record)
        isKept = true
      })
    } catch (cause) {
      for (const [index, record] of isKept ? records.entries() : []) {
        const before = earlier[index]
        if (before) profiles.put(before)
        else profiles.remove(record.profile, record.configFile)
      }
      throw cause
    }
  }

  const writeProfile = async (target: ProfileTarget): Promise<OwnedProfileRecord> => {
    requireSafeName(target.profile)
    if (target.mode === 'static' && !target.credentials) {
      throw new HallpassError('internal', `Profile ${target.profile} needs credentials to be written in static mode.`)
    }
    const records = recordsFor(target)
    // Static keys win over a process in every SDK, so this order never leaves a profile without credentials.
    const order: FileKind[] = target.mode === 'static' ? ['credentials', 'config'] : ['config', 'credentials']
    await withRecords(records, async (keepRecords) => {
      for (const kind of order) {
        const edit = async (document: AwsFileDocument) => {
          const here = viewFile(kind, files[kind], document)
          const there = await view(kind === 'config' ? 'credentials' : 'config')
          const prepared = kind === 'config' ? prepare(here, there, target) : prepare(there, here, target)
          keepRecords()
          return prepared[kind].document
        }
        await applyEdit(files[kind], edit, { stateHome, clock, fs, description: `Write profile ${target.profile}` })
      }
    })
    if (target.makeDefault === false) await dropDefault(target.target, target.profile)
    log.info('profile written', { profile: target.profile, mode: target.mode })
    return records[0] as OwnedProfileRecord
  }

  const removeFrom = async (kind: FileKind, path: string, profile: string, description: string): Promise<boolean> => {
    const remove = (document: AwsFileDocument) => {
      const section = findOwnSection(viewFile(kind, path, document), profile, true)
      return section && removeContent(document, kind, section)
    }
    const { changed } = await applyEdit(path, remove, { stateHome, clock, fs, description })
    return changed
  }

  const removeRecorded = async ({ profile, configFile, credentialsFile }: OwnedProfileRecord): Promise<void> => {
    const description = `Remove profile ${profile}`
    // Secrets first.
    await removeFrom('credentials', credentialsFile ?? files.credentials, profile, description)
    await removeFrom('config', configFile, profile, description)
    profiles.remove(profile, configFile)
    log.info('profile removed', { profile })
  }

  /** Removes the `[default]` of a target, unless that is the profile itself. */
  const dropDefault = async (target: string, profile: string): Promise<void> => {
    const record = profiles.get(DEFAULT_PROFILE, files.config)
    if (record?.target === target && profile !== DEFAULT_PROFILE) await removeRecorded(record)
  }

  let looking: Promise<void> | undefined
  const lookAtFiles = async (): Promise<void> => {
    for (const path of [files.config, files.credentials]) {
      try {
        const isRestored = await restoreEdits(path, { stateHome, clock, fs, lockTimeoutMs: RESTORE_TIMEOUT_MS })
        if (isRestored) log.warn('an edit that another program had overwritten was made again', { file: path })
      } catch (error) {
        log.warn('an AWS file could not be looked at', { file: path, error })
      }
    }
  }

  return {
    writeProfile,
    async planProfile(target) {
      requireSafeName(target.profile)
      const before = { config: await view('config'), credentials: await view('credentials') }
      const after = prepare(before.config, before.credentials, target)
      const changes = (['config', 'credentials'] as const).map((kind) => ({
        path: files[kind],
        diff: unifiedDiff(files[kind], printOnce(before[kind].document), printOnce(after[kind].document)),
      }))
      const changed = changes.filter(({ diff }) => diff !== '')
      return {
        profile: target.profile,
        diff: changed.map(({ diff }) => diff).join(''),
        files: changed.map(({ path }) => path),
      }
    },
    async removeProfile(profile) {
      const record = profiles.get(profile, files.config)
      if (!record) {
        claimSection(await view('config'), profile, false)
        claimSection(await view('credentials'), profile, false)
        throw new HallpassError('profile.not-found', `There is no profile ${profile}.`, {
          hint: 'List the profiles Hallpass wrote with hallpass profile list.',
        })
      }
      await removeRecorded(record)
      const isLast = !profiles
        .list()
        .some(({ target, profile: other }) => target === record.target && other !== DEFAULT_PROFILE)
      if (isLast) await dropDefault(record.target, profile)
    },
    async clearStaticKeys(profile) {
      const record = profiles.get(profile, files.config)
      const inDefault = profiles.get(DEFAULT_PROFILE, files.config)
      let changed = false
      for (const each of new Set([record, inDefault?.target === record?.target ? inDefault : undefined])) {
        if (!each?.credentialsFile) continue
        const description = `Remove static keys of profile ${each.profile}`
        changed = (await removeFrom('credentials', each.credentialsFile, each.profile, description)) || changed
      }
      return changed
    },
    restoreOverwritten() {
      looking ??= lookAtFiles().finally(() => {
        looking = undefined
      })
      return looking
    },
    list: () => profiles.list().filter(({ configFile }) => configFile === files.config),
  }
}
