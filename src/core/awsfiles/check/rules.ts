/** All rules, and what they find together. */
import { expiredKeys, fileModes } from './file-rules.ts'
import { byteOrderMark, rejections } from './parse-rules.ts'
import { processLines } from './process-rules.ts'
import { type ProfileRule, profileViews } from './profile-view.ts'
import { headers, headersInValues, respelled, twoDefaults } from './section-rules.ts'
import { keysInBothFiles, partialKeys, quotedValues, roleSources, severalSources, ssoSessions } from './source-rules.ts'
import type { CheckInput, Finding, Rule } from './types.ts'
import { differingValues, emptyProfiles } from './value-rules.ts'

/** Rules on the text of the files: what an SDK does not read, or reads otherwise than the rest. */
const READING_RULES: readonly Rule[] = [
  byteOrderMark,
  rejections,
  headers,
  headersInValues,
  twoDefaults,
  respelled,
  differingValues,
  emptyProfiles,
]

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
  return run([...READING_RULES, ...FILE_RULES, profiles], input)
}

/** What is wrong with the way the files are read. */
export function findReadingProblems(input: CheckInput): Finding[] {
  return run(READING_RULES, input)
}

function run(rules: readonly Rule[], input: CheckInput): Finding[] {
  const rank = ({ kind, line }: Finding) => (kind === 'config' ? 0 : 1e9) + line
  return rules.flatMap((rule) => rule(input)).sort((one, other) => rank(one) - rank(other))
}
