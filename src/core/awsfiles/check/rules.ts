/** All rules, and what they find together. */
import { chainFindings } from './chain-rules.ts'
import { expiredKeys, fileModes } from './file-rules.ts'
import { byteOrderMark, loneReturns, rejections, salvage } from './parse-rules.ts'
import { processLines } from './process-rules.ts'
import { type ProfileRule, profileViews } from './profile-view.ts'
import { headers, headersInValues, respelled, twoDefaults } from './section-rules.ts'
import { keysInBothFiles, partialKeys, quotedValues, roleSources, severalSources, ssoSessions } from './source-rules.ts'
import type { CheckInput, Finding, Rule } from './types.ts'
import { differingValues, emptyProfiles } from './value-rules.ts'

/** Rules on whether an SDK reads a file at all. */
const REJECTION_RULES: readonly Rule[] = [byteOrderMark, loneReturns, rejections]

/** Rules on what an SDK does not see in the text, or sees otherwise than the rest. */
const TEXT_RULES: readonly Rule[] = [headers, headersInValues, twoDefaults, respelled, differingValues, emptyProfiles]

/** Rules on the files as files. */
const FILE_RULES: readonly Rule[] = [fileModes, expiredKeys]

/** Rules on what a profile says. */
const PROFILE_RULES: readonly ProfileRule[] = [
  keysInBothFiles,
  partialKeys,
  severalSources,
  roleSources,
  quotedValues,
  ssoSessions,
  processLines,
]

/** After these nobody needs to hear that a chain which uses the profile does not work. */
const NO_CREDENTIALS: ReadonlySet<string> = new Set([
  'keys.partial',
  'role.two-sources',
  'role.no-source',
  'sso.missing-session',
  'sso.conflict',
])

const profiles: Rule = (input) => {
  const views = profileViews(input)
  const known = new Set<string>()
  const findings = views.flatMap((profile) => {
    const own = PROFILE_RULES.flatMap((rule) => rule(profile, input))
    if (own.some(({ code }) => NO_CREDENTIALS.has(code))) known.add(profile.name)
    return own
  })
  return [...findings, ...chainFindings(views, input, (profile) => known.has(profile))]
}

/** Everything that is wrong with both files; those of config first, in the order of the lines. */
export function findProblems(input: CheckInput): Finding[] {
  return run(input, [...TEXT_RULES, ...FILE_RULES, profiles])
}

/** What is wrong with the way the files are read. */
export function findReadingProblems(input: CheckInput): Finding[] {
  return run(input, TEXT_RULES)
}

function run(input: CheckInput, rules: readonly Rule[]): Finding[] {
  const readable = { ...input, config: salvage(input.config), credentials: salvage(input.credentials) }
  const findings = [...REJECTION_RULES.flatMap((rule) => rule(input)), ...rules.flatMap((rule) => rule(readable))]
  const rank = ({ kind, line }: Finding) => (kind === 'config' ? 0 : 1e9) + line
  return findings.sort((one, other) => rank(one) - rank(other))
}
