/**
 * Many profiles written into the documents at once. Those that are new, or written already, are taken together: one edit
 * and one verification for all of them, with the result that one after another would have.
 */
import { type FileView, indexSections, ownsSection, viewFile } from './ownership.ts'
import { contentOf, DEFAULT_PROFILE, type ProfileFiles, type ProfileTarget } from './profile-files.ts'
import { appendContents, isWritten, type ProfileContent } from './profile-text.ts'
import type { FileKind } from './readers/types.ts'
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

/** Targets one after another whose profiles touch no section that is there. */
interface Run {
  /** Of all of them. */
  readonly contents: readonly ProfileContent[]
  /** Of those that have no section yet, by their profiles. */
  readonly added: ReadonlyMap<string, ProfileContent>
}

function plainRun(files: ProfileFiles, views: Views, targets: readonly ProfileTarget[]): Run {
  const contents: ProfileContent[] = []
  const added = new Map<string, ProfileContent>()
  const [first] = targets
  if (!first || !isPlain(files, first)) return { contents, added }
  const inConfig = indexSections(views.config)
  const inCredentials = indexSections(views.credentials)
  for (const target of targets) {
    const { profile } = target
    // The same name again is somebody else's by now.
    if (!isPlain(files, target) || added.has(profile) || inCredentials(profile).length > 0) break
    const content = contentOf(target, profile, false, files.endpointUrl)
    const [section, another] = inConfig(profile)
    if (!section) added.set(profile, content)
    else {
      const isOwn = !another && ownsSection(views.config, section, files.recordOf(profile) !== undefined)
      const kept = files.keptOf(undefined, 'config')
      if (!isOwn || !isWritten(views.config.document, 'config', content, section, kept)) break
    }
    contents.push(content)
  }
  return { contents, added }
}

/** One name, no keys in the file, and nothing adopted whose lines would have to be kept. */
function isPlain(files: ProfileFiles, target: ProfileTarget): boolean {
  const { profile, mode } = target
  const isAlone = profile !== DEFAULT_PROFILE && files.namesFor(target).length === 1
  return isAlone && mode === 'process' && files.recordOf(profile)?.adopted === undefined
}

function writeRun(before: Views, { contents, added }: Run): Views {
  const { config, credentials } = before
  const document = appendContents(config.document, 'config', [...added.values()])
  const after = {
    config: document === config.document ? config : viewFile('config', config.path, document, config),
    credentials,
  }
  verifyOthers(before, after, { profiles: new Set(added.keys()) })
  verifyProfiles(after.config, after.credentials, contents)
  return after
}
