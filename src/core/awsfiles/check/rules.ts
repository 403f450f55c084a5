/** All rules, and what they find together. */
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

const profiles: Rule = (input) =>
  profileViews(input).flatMap((profile) => PROFILE_RULES.flatMap((rule) => rule(profile, input)))

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
