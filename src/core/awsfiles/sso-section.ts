/**
 * `[sso-session]` sections of the config file that Hallpass writes, so that the AWS CLI and the SDKs find a sign-in that
 * it shares with them (AWS facts E.1). Owned, edited and taken back as profiles are.
 */
import type { OwnedSsoSession, OwnedSsoSessionTable } from '#core/store/types.ts'
import { HallpassError } from '#shared/errors.ts'
import { ACCOUNT_ACCESS_SCOPE, isSamePortal } from '#shared/identity-center.ts'
import { unifiedDiff } from './diff.ts'
import type { AwsFileDocument, Section } from './document.ts'
import { printOnce } from './document-cache.ts'
import type { Entry } from './document-edit.ts'
import { isMarked, marker, removeOwnSection, writeOwnSection } from './own-section.ts'
import { type FileView, onlyOne, sectionsNamed, viewFile } from './ownership.ts'
import { type AwsFilesOptions, type Part, ProfileFiles } from './profile-files.ts'
import { verifyOthers, verifyReadable } from './verify-profile.ts'

/** What a section should say. */
export interface SsoSessionTarget {
  /** Its name, one that every SDK reads. */
  readonly session: string
  readonly startUrl: string
  readonly ssoRegion: string
  readonly identityId: string
}

/** What writing a section would do. */
export interface SsoSectionPlan {
  /** The config file. */
  readonly configFile: string
  /** Unified; empty where nothing changes. */
  readonly diff: string
  /** Whether the section is Hallpass's then. */
  readonly isOwn: boolean
}

export interface SsoSections {
  /** What `write` would do, touching nothing. Throws what `write` throws, but for what only writing finds. */
  plan(target: SsoSessionTarget): Promise<SsoSectionPlan>
  /**
   * Writes the section, or brings Hallpass's own up to date. One of somebody else's that leads to the same Identity Center
   * is left as it is.
   * @param part the operation this is a part of
   * @returns the config file, and whether the section in it is Hallpass's
   * @throws `sso.session-not-owned` for a section of that name that leads elsewhere, `file.*`: then nothing has changed
   */
  write(target: SsoSessionTarget, part?: Part): Promise<{ readonly configFile: string; readonly isOwn: boolean }>
  /** Takes out the section that a record is of, and forgets the record. What a person added to it stays. @throws `file.*` */
  remove(record: OwnedSsoSession, part?: Part): Promise<void>
}

const OWN_KEYS = ['sso_start_url', 'sso_region', 'sso_registration_scopes']

export function createSsoSections(options: AwsFilesOptions, table: OwnedSsoSessionTable): SsoSections {
  const files = new ProfileFiles(options)

  return {
    async plan(target) {
      const before = await files.view('config')
      const after = written(before, target, table.get(target.session, before.path) !== undefined)
      const diff = after ? unifiedDiff(before.path, printOnce(before.document), printOnce(after.document)) : ''
      return { configFile: before.path, diff, isOwn: after !== undefined }
    },

    async write(target, part = {}) {
      const { session, identityId } = target
      const configFile = files.paths.config
      const earlier = table.get(session, configFile)
      const writtenAt = new Date(files.clock()).toISOString()
      let isOwn = false
      const edit = (document: AwsFileDocument): AwsFileDocument | undefined => {
        const after = written(viewFile('config', configFile, document), target, earlier !== undefined)
        isOwn = after !== undefined
        if (!after) return undefined
        table.put({ session, configFile, identityId, writtenAt })
        return after.document
      }
      const operation = {
        ...files.operation('write', `Write sso-session ${session}`, [], part),
        sessions: [{ session, configFile, identityId, before: earlier ?? null }],
      }
      try {
        await files.change('config', configFile, edit, operation)
      } catch (cause) {
        if (earlier) table.put(earlier)
        else table.remove(session, configFile)
        throw cause
      }
      // The record outlived its section: a person took it over.
      if (!isOwn && earlier) table.remove(session, configFile)
      return { configFile, isOwn }
    },

    async remove(record, part = {}) {
      const { session, configFile, identityId } = record
      const edit = (document: AwsFileDocument) => {
        const view = viewFile('config', configFile, document)
        const section = sectionsOf(view, session).find((each) => isOwnSection(view, each))
        return section && removeOwnSection(document, 'config', section, { comments: [marker()], ownKeys: OWN_KEYS })
      }
      const operation = {
        ...files.operation('remove', `Remove sso-session ${session}`, [], part),
        sessions: [{ session, configFile, identityId, before: record }],
      }
      await files.change('config', configFile, edit, operation)
      table.remove(session, configFile)
    },
  }
}

const headerOf = (session: string) => `sso-session ${session}`
const sectionsOf = (view: FileView, session: string) => sectionsNamed(view, 'sso-session', session, headerOf(session))
/** A header inside a value is the person's, whatever stands below it. */
const isOwnSection = ({ document }: FileView, section: Section) =>
  document.lines[section.header]?.kind === 'header' && isMarked(document, section)

/**
 * The file with the section in it; undefined where one of somebody else's does as well.
 * @throws `sso.session-not-owned`, `file.unparsable`
 */
function written(before: FileView, target: SsoSessionTarget, hasRecord: boolean): FileView | undefined {
  const section = claim(before, target, hasRecord)
  if (section === 'theirs') return undefined
  const after = viewFile(before.kind, before.path, textOf(before.document, target, section), before)
  verify(before, after, target)
  return after
}

function entriesOf({ startUrl, ssoRegion }: SsoSessionTarget): Entry[] {
  return [
    ['sso_start_url', startUrl],
    ['sso_region', ssoRegion],
    ['sso_registration_scopes', ACCOUNT_ACCESS_SCOPE],
  ]
}

function textOf(document: AwsFileDocument, target: SsoSessionTarget, section: Section | undefined): AwsFileDocument {
  return writeOwnSection(document, headerOf(target.session), section, {
    comments: [marker('sso share NAME --off')],
    entries: entriesOf(target),
    ownKeys: OWN_KEYS,
  })
}

/**
 * The section to write; `theirs` for one of somebody else's that does as well.
 * @throws `sso.session-not-owned`, `file.unparsable`
 */
function claim(view: FileView, target: SsoSessionTarget, hasRecord: boolean): Section | 'theirs' | undefined {
  verifyReadable(view)
  const { session } = target
  const section = onlyOne(sectionsOf(view, session), view.path, `sso-session ${session}`)
  if (!section || (hasRecord && isOwnSection(view, section))) return section
  if (isSameCenter(view, target)) return 'theirs'
  throw new HallpassError(
    'sso.session-not-owned',
    `The sso-session ${session} (${view.path}, line ${section.header + 1}) is not one that Hallpass wrote, and leads to another Identity Center.`,
    { hint: 'Choose another name for the session.' },
  )
}

/** As both SDKs read it. */
function isSameCenter({ readings }: FileView, { session, startUrl, ssoRegion }: SsoSessionTarget): boolean {
  return [readings.botocore, readings['js-sdk']].every(({ ssoSessions }) => {
    const values = ssoSessions.get(session)
    const url = values?.get('sso_start_url')
    return typeof url === 'string' && isSamePortal(url, startUrl) && values?.get('sso_region') === ssoRegion
  })
}

/** @throws `file.unparsable` when an SDK would not get exactly what was written, or something else beside it */
function verify(before: FileView, after: FileView, target: SsoSessionTarget): void {
  verifyReadable(after)
  const { session } = target
  for (const { ssoSessions } of [after.readings.botocore, after.readings['js-sdk']]) {
    const values = ssoSessions.get(session)
    if (entriesOf(target).every(([key, value]) => values?.get(key) === value)) continue
    throw new HallpassError(
      'file.unparsable',
      `${after.path} is written in a way that hides the sso-session ${session} from AWS tools.`,
      { hint: 'Look at the lines around that section: hallpass files check lists what is wrong.' },
    )
  }
  // The credentials file has no such sections.
  const nothing = viewFile('credentials', '', EMPTY)
  verifyOthers(
    { config: before, credentials: nothing },
    { config: after, credentials: nothing },
    { ssoSession: session },
  )
}

const EMPTY: AwsFileDocument = { lines: [], sections: [] }
