/** The AWS files: readable, without keys in plain text, and with Hallpass's profiles as Hallpass wrote them. */
import type { DoctorCheck } from '#shared/doctor.ts'
import type { OwnedProfile } from '#shared/profiles.ts'
import type { FilesCheck } from '../../awsfiles/service.ts'
import { count, fail, list, ok, warn } from '../check.ts'

type Problems = Pick<FilesCheck, 'problems'>['problems']

export function checkAwsFiles(problems: Problems): DoctorCheck {
  const id = 'files.sound'
  if (problems.length === 0) return ok(id, 'Every SDK reads the AWS files alike.')
  const fatal = problems.find((problem) => problem.fatal)
  const [first] = problems
  const worst = fatal ?? first
  const where = worst && worst.line > 0 ? ` (line ${worst.line})` : ''
  const fixable = problems.some((problem) => problem.fixable)
  const about = {
    why: worst ? `${worst.message}${where}` : null,
    next: {
      text: fixable ? 'Make the safe repairs, and look at what is left.' : (worst?.fix ?? 'Look at each problem.'),
      command: fixable ? 'hallpass files check --fix' : 'hallpass files check',
      repair: fixable ? ('repair-files' as const) : null,
    },
  }
  return fatal
    ? fail(id, `${count(problems.length, 'problem')} in the AWS files, and a tool can’t read them.`, about)
    : warn(id, `${count(problems.length, 'problem')} in the AWS files.`, about)
}

/** @param profiles those with a long-term secret in the files */
export function checkPlaintextKeys(profiles: readonly string[]): DoctorCheck {
  const id = 'files.plaintext-keys'
  if (profiles.length === 0) return ok(id, 'No long-term key stands in the AWS files.')
  const [verb, pronoun] = profiles.length === 1 ? ['sits', 'it'] : ['sit', 'them']
  return warn(id, `${count(profiles.length, 'key')} ${verb} in the AWS files in plain text: ${list(profiles)}.`, {
    why: `Any program you run can read ${pronoun}.`,
    next: { text: `Move ${pronoun} to the vault.`, command: 'hallpass import aws-files --move-keys', place: 'import' },
  })
}

/** @param facts.expired static profiles whose session is over; @param facts.live those of a live session */
export function checkStaticKeys({
  expired,
  live,
}: {
  readonly expired: readonly string[]
  readonly live: readonly string[]
}): DoctorCheck {
  const id = 'files.static-keys'
  if (expired.length > 0) {
    return fail(
      id,
      `${count(expired.length, 'profile')} still with keys of a session that is over: ${list(expired)}.`,
      {
        why: 'A file could not be written when the session ended.',
        next: { text: 'Take them out.', command: 'hallpass session end --all', repair: 'clear-static-keys' },
      },
    )
  }
  if (live.length === 0) return ok(id, 'No session key stands in the AWS files.')
  return ok(id, `${count(live.length, 'profile')} with session keys in the file, as static mode has it: ${list(live)}.`)
}

/** A profile of Hallpass's, and what stands in the files under its name. */
export interface FoundProfile extends Pick<OwnedProfile, 'profile' | 'name' | 'mode'> {
  /** Whether the section is still Hallpass's: `gone` when there is none, `changed` when it says something else. */
  readonly found: 'own' | 'gone' | 'changed'
}

export function checkProfiles(profiles: readonly FoundProfile[]): DoctorCheck {
  const id = 'files.profiles'
  const lost = profiles.filter(({ found }) => found !== 'own')
  if (lost.length === 0)
    return ok(id, `${count(profiles.length, 'profile')} written by Hallpass, all as they should be.`)
  const [first] = lost
  const how = lost.every(({ found }) => found === 'gone') ? 'gone from the AWS files' : 'no longer what Hallpass wrote'
  return warn(id, `${list(lost.map(({ profile }) => profile))}: ${how}.`, {
    why: 'Somebody or some program edited them; tools may use other credentials than you think.',
    next: {
      text: 'Write them again, or remove them.',
      command: first ? `hallpass profile write ${first.name}` : null,
      place: 'roles',
    },
  })
}
