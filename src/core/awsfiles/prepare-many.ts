/**
 * Many profiles written into the documents at once. Those that are new, and those whose section is Hallpass's and plain,
 * are taken together: one edit and one verification for all of them, with the result that one after another would have.
 */
import { propertiesOf, type Section } from './document.ts'
import { type FileView, indexSections, ownsSection, viewFile } from './ownership.ts'
import { contentOf, DEFAULT_PROFILE, type ProfileFiles, type ProfileTarget } from './profile-files.ts'
import { appendContents, isWritten, type ProfileContent, writeContent } from './profile-text.ts'
import type { FileKind } from './readers/types.ts'
import { SectionDraft } from './section-draft.ts'
import { verifyOthers, verifyProfiles } from './verify-profile.ts'

export type Views = Readonly<Record<FileKind, FileView>>

/**
 * Both files as they would be with the targets written in this order.
 * @throws as `ProfileFiles.prepare`
 */
export function prepareMany(files: ProfileFiles, before: Views, targets: readonly ProfileTarget[]): Views {
  let views = before
  let rest = targets
  while (rest.length > 0) {
    const run = plainRun(files, views, rest)
    const [first] = rest
    if (run.contents.length > 0) views = writeRun(views, run)
    else if (first) views = files.prepare(views.config, views.credentials, first).views
    rest = rest.slice(Math.max(run.contents.length, 1))
  }
  return views
}

/** Targets one after another whose profiles touch no section of anybody else's. */
interface Run {
  /** Of all of them. */
  readonly contents: readonly ProfileContent[]
  /** Of those that have no section yet, by their profiles. */
  readonly added: ReadonlyMap<string, ProfileContent>
  /** Profiles whose section is another in the draft. */
  readonly changed: ReadonlySet<string>
  /** The config file with the changes, and without those that are new. */
  readonly draft: SectionDraft
}

function plainRun(files: ProfileFiles, views: Views, targets: readonly ProfileTarget[]): Run {
  const { config } = views
  const contents: ProfileContent[] = []
  const added = new Map<string, ProfileContent>()
  const changed = new Set<string>()
  const draft = new SectionDraft(config.document)
  const [first] = targets
  if (!first || !isPlain(files, first)) return { contents, added, changed, draft }
  const inConfig = indexSections(config)
  const inCredentials = indexSections(views.credentials)
  const mayChange = changeRule(config, draft)
  const kept = files.keptOf(undefined, 'config')
  for (const target of targets) {
    const { profile } = target
    // The same name again is somebody else's by now.
    const isAgain = added.has(profile) || changed.has(profile)
    if (isAgain || !isPlain(files, target) || inCredentials(profile).length > 0) break
    const content = contentOf(target, profile, false, files.endpointUrl)
    const [section, another] = inConfig(profile)
    if (!section) added.set(profile, content)
    else {
      const isOwn = !another && ownsSection(config, section, files.recordOf(profile) !== undefined)
      if (!isOwn) break
      if (!isWritten(config.document, 'config', content, section, kept)) {
        if (!mayChange(section)) break
        draft.edit(section, (document, at) => writeContent(document, 'config', content, at, kept))
        changed.add(profile)
      }
    }
    contents.push(content)
  }
  return { contents, added, changed, draft }
}

/**
 * Which sections can be changed in a draft. Not those of a file that an SDK rejects: the change of one may be what mends
 * it. Not one without a command: what new lines look like then depends on the file's first property, and not the section
 * of that either.
 */
function changeRule({ document, readings }: FileView, draft: SectionDraft): (section: Section) => boolean {
  const isRejected = [readings.botocore, readings['js-sdk']].some(({ problems }) => problems.some(({ fatal }) => fatal))
  const model = document.lines.findIndex(({ kind }) => kind === 'property')
  return (section) => {
    const { header, end } = section
    const hasModel = model > header && model < end
    return (
      !isRejected &&
      !hasModel &&
      propertiesOf(document, section).some(({ key }) => key === 'credential_process') &&
      draft.isPlain(section)
    )
  }
}

/** One name, no keys in the file, and nothing adopted whose lines would have to be kept. */
function isPlain(files: ProfileFiles, target: ProfileTarget): boolean {
  const { profile, mode } = target
  const isAlone = profile !== DEFAULT_PROFILE && files.namesFor(target).length === 1
  return isAlone && mode === 'process' && files.recordOf(profile)?.adopted === undefined
}

function writeRun(before: Views, { contents, added, changed, draft }: Run): Views {
  const { config, credentials } = before
  const document = appendContents(draft.finish(), 'config', [...added.values()])
  const after = {
    config: document === config.document ? config : viewFile('config', config.path, document, config),
    credentials,
  }
  verifyOthers(before, after, { profiles: new Set([...added.keys(), ...changed]) })
  verifyProfiles(after.config, after.credentials, contents)
  return after
}
