/** Hallpass's lines of many profiles taken out of a file at once, with the result that one after another would have. */
import { type FileView, findOwnSection, indexSections, ownsSection, viewFile } from './ownership.ts'
import { type Kept, removeContent } from './profile-text.ts'
import { SectionDraft } from './section-draft.ts'

export interface GoingProfile {
  readonly profile: string
  /** What of its section stays the person's. */
  readonly kept: Kept
}

/** The file without Hallpass's lines of profiles that it has a record of. */
export function removeMany(before: FileView, profiles: readonly GoingProfile[]): FileView {
  const { kind, path } = before
  let view = before
  for (let done = 0; done < profiles.length; ) {
    const { count, document } = plainRun(view, profiles, done)
    const [next] = profiles.slice(done, done + 1)
    done += Math.max(count, 1)
    if (count > 0) {
      if (document !== view.document) view = viewFile(kind, path, document, view)
      continue
    }
    const section = next && findOwnSection(view, next.profile, true)
    if (section) view = viewFile(kind, path, removeContent(view.document, kind, section, next.kept), view)
  }
  return view
}

/** As many as have one plain section, or none. */
function plainRun(view: FileView, profiles: readonly GoingProfile[], from: number) {
  const sectionsOf = indexSections(view)
  const draft = new SectionDraft(view.document)
  let to = from
  for (; to < profiles.length; to++) {
    const { profile, kept } = profiles[to] as GoingProfile
    const [section, another] = sectionsOf(profile)
    if (another) break
    if (!section || !ownsSection(view, section, true)) continue
    if (!draft.isPlain(section)) break
    draft.edit(section, (document, at) => removeContent(document, view.kind, at, kept))
  }
  return { count: to - from, document: draft.finish() }
}
