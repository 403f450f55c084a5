/** Checks of what AWS said when it was asked: keys nobody uses, users without MFA, sealed credentials that no longer work. */
import type { DoctorCheck } from '#shared/doctor.ts'
import type { KeyFacts, SealedFacts, SealedProblem } from '../ask-aws.ts'
import { count, fail, list, ok, warn } from '../check.ts'

const DAY_MS = 86_400_000
/** Audits want such keys turned off (CIS Foundations Benchmark: 45 days; AWS Security Hub IAM.8: 90). */
const UNUSED_DAYS = 90

const names = (some: readonly { readonly name: string }[]) => list(some.map(({ name }) => name))

/** @param now milliseconds since the epoch */
export function checkUnusedKeys(keys: readonly KeyFacts[], now: number): DoctorCheck {
  const id = 'keys.unused'
  const silent = keys.filter(({ failure }) => failure !== undefined)
  if (silent.length > 0) return notAsked(id, silent)
  const unused = keys.filter(
    ({ usedAt }) => usedAt !== undefined && (usedAt === null || now - usedAt >= UNUSED_DAYS * DAY_MS),
  )
  if (unused.length === 0) return ok(id, `Every key was used within ${UNUSED_DAYS} days, says AWS.`)
  return warn(id, `${names(unused)}: not used for ${UNUSED_DAYS} days or more, says AWS.`, {
    why: 'A key that nobody uses is one that nobody misses when it is stolen.',
    next: { text: 'Turn it off in AWS, and remove it here.', place: 'identities' },
  })
}

export function checkUsersWithoutMfa(keys: readonly KeyFacts[]): DoctorCheck {
  const id = 'keys.mfa-at-aws'
  const silent = keys.filter(({ failure }) => failure !== undefined)
  if (silent.length > 0) return notAsked(id, silent)
  const without = keys.filter(({ hasDevice }) => hasDevice === false)
  if (without.length === 0) return ok(id, 'Every user has an MFA device, says AWS.')
  return warn(id, `${names(without)}: no MFA device, says AWS.`, {
    why: 'A key or password without MFA is all that somebody needs who gets hold of it.',
    next: { text: 'Give the user a device in AWS, and name it here.', place: 'identities' },
  })
}

const WORDS: Readonly<Record<SealedProblem, string>> = {
  'no-user': 'its user is gone',
  'no-password': 'its user has no console password any more',
  'password-changed': 'the password was changed since it was sealed',
  'no-key': 'its access key is gone',
  'key-off': 'its access key is turned off',
}

export function checkSealedAtAws(sealed: readonly SealedFacts[]): DoctorCheck {
  const id = 'breakglass.at-aws'
  const broken = sealed.filter(({ problems }) => problems.length > 0)
  if (broken.length > 0) {
    const why = broken.map(({ name, problems }) => `${name}: ${list(problems.map((problem) => WORDS[problem]))}.`)
    return fail(id, `${names(broken)}: no longer works as it was sealed.`, {
      why: why.join(' '),
      next: { text: 'Change password and key, or set it up anew.', place: 'breakglass' },
    })
  }
  const silent = sealed.filter(({ failure }) => failure !== undefined)
  if (silent.length > 0) return notAsked(id, silent)
  if (sealed.length === 0) return ok(id, 'Nothing is sealed that AWS could know better.')
  return ok(id, `${count(sealed.length, 'emergency credential')} as AWS has ${sealed.length === 1 ? 'it' : 'them'}.`)
}

function notAsked(id: string, silent: readonly { readonly name: string; readonly failure?: string | undefined }[]) {
  return warn(id, `AWS could not be asked about ${names(silent)}.`, {
    why: silent[0]?.failure ?? null,
    next: { text: 'Check again with rights to read IAM, and a connection.' },
  })
}
