/** The ground that writing, adopting, removing and undoing profiles share: both files, the records, and what to write. */
import type { Clock, Log } from '#core/capabilities.ts'
import type { AdoptionRecord, OwnedProfileRecord, OwnedProfileTable } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import type { ProfileMode } from '#shared/fields.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import { clearRoute, keptOf, type Replaced, replacedBetween } from './adoption.ts'
import { applyEdit, type Edit } from './apply-edit.ts'
import { credentialProcessLine } from './command-line.ts'
import { propertiesOf, type Section } from './document.ts'
import { parseOnce } from './document-cache.ts'
import { type FileSystem, realFileSystem } from './file-system.ts'
import { readSnapshot, resolveTarget } from './file-target.ts'
import { type AwsFileLocations, locateAwsFiles } from './locations.ts'
import { findAgain } from './own-section.ts'
import { claimSection, type FileView, findOwnSection, onlySection, sectionsFor, viewFile } from './ownership.ts'
import { entriesOf, type Kept, type ProfileContent, writeContent } from './profile-text.ts'
import type { FileKind } from './readers/types.ts'
import { newOperation, type ProfileChange, type RecordChange, type SsoSessionChange } from './undo.ts'
import { verifyOthers, verifyProfiles } from './verify-profile.ts'

export interface AwsFilesOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The person's home folder, absolute. */
  readonly home: string
  /** The Hallpass state folder, absolute. */
  readonly stateHome: string
  readonly profiles: OwnedProfileTable
  /** Keeps what adopting a section replaces. */
  readonly vault: Pick<Vault, 'get' | 'put' | 'remove'>
  readonly clock: Clock
  readonly log: Log
  /** Written into every profile: where tools are to call AWS services, when that is the practice account. */
  readonly endpointUrl?: string | undefined
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

/** One thing a person did, which may change both files; it is taken back as one. */
export interface Operation {
  readonly id: string
  readonly description: string
  readonly action: ProfileChange['action']
  readonly records: readonly RecordChange[]
  readonly sessions?: readonly SsoSessionChange[]
  /** Which of its edits go on the undo list. Static keys that come and go with their session do not. */
  readonly recorded: 'all' | 'config' | 'none'
}

/** What a caller may say of the operation that its call is a part of. */
export type Part = Partial<Pick<Operation, 'id' | 'recorded'>>

/** What there was before an adoption began. */
export interface Adopting {
  /** The section has a region of the person's. */
  readonly ownRegion: boolean
  /** Hallpass had a record of the profile, so that a section of it may be Hallpass's. */
  readonly hadRecord: boolean
}

export interface Prepared {
  readonly views: Record<FileKind, FileView>
  /** What adopting takes out of each file that has a section of somebody else's. */
  readonly replaced: Replaced
}

export const DEFAULT_PROFILE = 'default'

/** Shown in plans made before a session exists. */
const PENDING = { accessKeyId: 'ASIA', secretAccessKey: 'pending', sessionToken: 'pending', expiration: new Date(0) }

export class ProfileFiles {
  readonly paths: AwsFileLocations
  readonly stateHome: string
  readonly profiles: OwnedProfileTable
  readonly vault: AwsFilesOptions['vault']
  readonly clock: Clock
  readonly log: Log
  readonly endpointUrl: string | null
  readonly fs: FileSystem

  constructor({
    env,
    home,
    stateHome,
    profiles,
    vault,
    clock,
    log,
    endpointUrl,
    fs = realFileSystem,
  }: AwsFilesOptions) {
    this.paths = locateAwsFiles(env, home)
    this.stateHome = stateHome
    this.profiles = profiles
    this.vault = vault
    this.clock = clock
    this.log = log
    this.endpointUrl = endpointUrl ?? null
    this.fs = fs
  }

  async view(kind: FileKind, path = this.paths[kind]): Promise<FileView> {
    const { bytes } = await readSnapshot(this.fs, await resolveTarget(this.fs, path))
    return viewFile(kind, path, parseOnce(bytes))
  }

  async viewBoth(): Promise<Record<FileKind, FileView>> {
    return { config: await this.view('config'), credentials: await this.view('credentials') }
  }

  /** What of a profile's section in a file stays the person's. */
  keptOf(adopted: AdoptionRecord | undefined, kind: FileKind): Kept {
    return { ...keptOf(adopted, kind), endpointUrl: this.endpointUrl === null }
  }

  /** The record of a profile in the config file in force. */
  recordOf(profile: string): OwnedProfileRecord | undefined {
    return this.profiles.get(profile, this.paths.config)
  }

  /** The profiles a target is written as, the named one first. */
  namesFor({ profile, target, makeDefault }: ProfileTarget): string[] {
    const owned = this.recordOf(DEFAULT_PROFILE)?.target === target
    const withDefault = profile !== DEFAULT_PROFILE && (makeDefault ?? owned)
    return withDefault ? [profile, DEFAULT_PROFILE] : [profile]
  }

  /** @param adopted of the profile itself, when it is being adopted; each profile's own adoption stays otherwise */
  recordsFor(target: ProfileTarget, adopted?: AdoptionRecord): OwnedProfileRecord[] {
    return this.namesFor(target).map((profile) => {
      const kept = profile === target.profile && adopted ? adopted : this.recordOf(profile)?.adopted
      return {
        profile,
        target: target.target,
        mode: target.mode,
        configFile: this.paths.config,
        credentialsFile: target.mode === 'static' ? this.paths.credentials : null,
        writtenAt: new Date(this.clock()).toISOString(),
        ...(kept ? { adopted: kept } : {}),
      }
    })
  }

  /** @param part the operation this is a part of, and what of it goes on the undo list */
  operation(
    action: Operation['action'],
    description: string,
    records: readonly Pick<OwnedProfileRecord, 'profile' | 'configFile'>[],
    { id = newOperation(), recorded = 'all' }: Part = {},
  ): Operation {
    const changes = records.map(({ profile, configFile }) => ({
      profile,
      configFile,
      before: this.profiles.get(profile, configFile) ?? null,
    }))
    return { id, description, action, records: changes, recorded }
  }

  /** One edit of one file. @returns whether it changed anything */
  async change(kind: FileKind, path: string, edit: Edit, operation: Operation): Promise<boolean> {
    const { id, description, action, records, sessions, recorded } = operation
    const changes = { kind, action, records, ...(sessions ? { sessions } : {}) }
    const { stateHome, clock, fs } = this
    const undo = recorded === 'all' || recorded === kind ? ({ operation: id, change: changes } as const) : false
    return (await applyEdit(path, edit, { stateHome, clock, fs, description, undo })).changed
  }

  /**
   * Both files as they would be with the target written.
   * @param adopting set when the target's own profile may be somebody else's section
   * @throws `profile.not-owned`, `file.unparsable`
   */
  prepare(config: FileView, credentials: FileView, target: ProfileTarget, adopting?: Adopting): Prepared {
    const contents: ProfileContent[] = []
    const replaced: Replaced = {}
    let views = { config, credentials }
    for (const profile of this.namesFor(target)) {
      const record = this.recordOf(profile)
      const isAdopting = adopting !== undefined && profile === target.profile
      const ownRegion = isAdopting ? adopting.ownRegion : record?.adopted?.ownRegion === true
      const keepsRegion = ownRegion && hasRegion(Object.values(views), profile)
      const content = contentOf(target, profile, keepsRegion, this.endpointUrl)
      contents.push(content)
      const write = (at: FileView): FileView => {
        const foreign = isAdopting ? foreignSection(at, profile, adopting.hadRecord) : undefined
        if (foreign) {
          const kept: Kept = { header: true, region: ownRegion, endpointUrl: true }
          const document = adopt(at, foreign, content, kept)
          replaced[at.kind] = replacedBetween(at.document, foreign, document, at.kind, kept)
          return viewFile(at.kind, at.path, document, at)
        }
        const isWritten = entriesOf(content, at.kind).length > 0
        const section = (isWritten ? claimSection : findOwnSection)(at, profile, record !== undefined)
        const document = writeContent(at.document, at.kind, content, section, this.keptOf(record?.adopted, at.kind))
        return document === at.document ? at : viewFile(at.kind, at.path, document, at)
      }
      const before = views
      views = { config: write(before.config), credentials: write(before.credentials) }
      verifyOthers(before, views, { profiles: new Set([profile]) })
    }
    verifyProfiles(views.config, views.credentials, contents)
    return { views, replaced }
  }
}

/** The section of a file that is somebody else's. @throws `file.unparsable` when there are several */
export function foreignSection(view: FileView, profile: string, hasRecord: boolean): Section | undefined {
  const section = onlySection(view, profile)
  return section && !findOwnSection(view, profile, hasRecord) ? section : undefined
}

/** Whether a profile has a `region` in any of the files. */
export function hasRegion(views: readonly FileView[], profile: string): boolean {
  return views.some((view) =>
    sectionsFor(view, profile).some((section) =>
      propertiesOf(view.document, section).some(({ key }) => key === 'region'),
    ),
  )
}

function adopt({ document, kind }: FileView, section: Section, content: ProfileContent, kept: Kept) {
  const cleared = clearRoute(document, section)
  return writeContent(cleared, kind, content, findAgain(document, section, cleared), kept)
}

export function contentOf(
  target: ProfileTarget,
  profile: string,
  keepsRegion: boolean,
  endpointUrl: string | null,
): ProfileContent {
  return {
    profile,
    mode: target.mode,
    region: keepsRegion ? null : target.region,
    endpointUrl,
    commandLine: credentialProcessLine(target.command, target.name),
    credentials: target.mode === 'static' ? (target.credentials ?? PENDING) : null,
  }
}
