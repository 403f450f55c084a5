/**
 * Roles whose source can't give credentials (AWS facts A.7). Each flaw is told once, where it is, and not again for
 * every profile further up the chain.
 */
import { HallpassError } from '#shared/errors.ts'
import { resolveProfileChain } from '../chain/resolve.ts'
import { isAssumedRole, keyPair, setting } from '../chain/settings.ts'
import type { MergedProfiles } from '../merged-profiles.ts'
import { mergeReadings, type Values } from '../readers/types.ts'
import { firstAccepting, type ProfileView } from './profile-view.ts'
import type { CheckInput, Finding } from './types.ts'

/** A similar name is looked for among all others, which in a long file is not done for each of its profiles. */
const MAX_SUGGESTIONS = 50

/**
 * @param views every profile of both files
 * @param isKnown whether something is said already about where the credentials of a profile come from
 */
export function chainFindings(
  views: readonly ProfileView[],
  input: CheckInput,
  isKnown: (profile: string) => boolean,
): Finding[] {
  const merged = mergedProfiles(input)
  if (!merged) return []
  const byName = new Map(views.map((view) => [view.name, view]))
  const { endOf, circles } = followSources(merged.profiles)
  let suggestions = MAX_SUGGESTIONS
  const findings = views.flatMap((view): Finding[] => {
    const values = merged.profiles.get(view.name)
    if (!isAssumedRole(values) || isKnown(view.name)) return []
    const source = setting(values, 'source_profile')
    if (source === undefined) return failure(merged, view.name, view, 'credential_source')
    const end = endOf(source)
    const isToldElsewhere = end !== source && end !== view.name
    if (isToldElsewhere || isKnown(end)) return []
    const isPlain = !merged.profiles.has(source) && suggestions-- <= 0
    const seen = isPlain ? { ...merged, profiles: new Map([[view.name, values ?? new Map()]]) } : merged
    return failure(seen, view.name, view, 'source_profile')
  })
  return [
    ...findings,
    ...circles.flatMap(({ first, last }) => failure(merged, first, byName.get(last), 'source_profile')),
  ]
}

/** What keeps the chain of a profile from working, if anything does; placed at a key of the view. */
function failure(merged: MergedProfiles, profile: string, view: ProfileView | undefined, key: string): Finding[] {
  const place = view?.merged.get(key)
  if (!place) return []
  try {
    resolveProfileChain(merged, profile)
    return []
  } catch (error) {
    if (!(error instanceof HallpassError)) throw error
    const { code, message, hint = 'Name another profile there.' } = error
    const { kind, line } = place
    return [{ kind, line, code, message, breaks: ['aws', 'botocore', 'js-sdk'], rejectedBy: [], advice: hint }]
  }
}

/** As in `profileViews`, by the first reader that takes both files. */
function mergedProfiles({ config, credentials }: CheckInput): MergedProfiles | undefined {
  const reader = firstAccepting({ config, credentials })
  if (!reader) return undefined
  const readings = { config: config.readings[reader], credentials: credentials.readings[reader] }
  const { ssoSessions, services } = readings.config
  const profiles = mergeReadings(readings.config, readings.credentials)
  return { reader, profiles, ssoSessions, services, problems: [], readings }
}

interface Sources {
  /** Where the chain of a source ends: at a profile, or at a name that is none; `undefined` in a circle. */
  readonly endOf: (profile: string) => string | undefined
  /** Filled by `endOf`: the profile of each circle that was met first, and the one that leads back to it. */
  readonly circles: readonly { readonly first: string; readonly last: string }[]
}

/** Follows every link once, however many chains share it. */
function followSources(profiles: ReadonlyMap<string, Values>): Sources {
  const ends = new Map<string, string | undefined>()
  const circles: { first: string; last: string }[] = []
  const endOf = (profile: string): string | undefined => {
    const path = new Set<string>()
    let last = profile
    let current = profile
    let end: string | undefined
    for (;;) {
      if (ends.has(current)) {
        end = ends.get(current)
        break
      }
      if (path.has(current)) {
        circles.push({ first: current, last })
        break
      }
      path.add(current)
      const next = nextSource(profiles.get(current))
      if (next === undefined) {
        end = current
        break
      }
      last = current
      current = next
    }
    for (const name of path) ends.set(name, end)
    return end
  }
  return { endOf, circles }
}

/** The profile behind one that is itself a source: with a key of its own it is used without its role (A.7). */
function nextSource(values: Values | undefined): string | undefined {
  if (!isAssumedRole(values) || keyPair(values) !== 'none') return undefined
  if (setting(values, 'credential_source') !== undefined) return undefined
  return setting(values, 'source_profile')
}
