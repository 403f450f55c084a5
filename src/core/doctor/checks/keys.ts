/** Long-term keys and emergency users: how old, whose, and what is left to do. AWS is asked nothing. */
import type { SealedCredential } from '#shared/breakglass.ts'
import type { DoctorCheck } from '#shared/doctor.ts'
import type { Identity } from '#shared/identities.ts'
import { count, fail, list, ok, warn } from '../check.ts'

const DAY_MS = 86_400_000
/** Advised by AWS and most audits (CIS Foundations Benchmark: 90 days or less). */
const OLD_DAYS = 90
/** People forget a path they have not gone for so long. */
const DRILL_DAYS = 90

const shellName = (name: string) => `'${name.replaceAll("'", `'\\''`)}'`

/** Sign-ins to Identity Center and AWS profiles have neither a key that ages nor a device of their own. */
const isKey = ({ kind }: Pick<Identity, 'kind'>) => kind === 'access-key'

/** @param now milliseconds since the epoch */
export function checkKeyAge(
  identities: readonly Pick<Identity, 'kind' | 'name' | 'createdAt'>[],
  now: number,
): DoctorCheck {
  const id = 'keys.age'
  const old = identities.filter(isKey).filter(({ createdAt }) => now - Date.parse(createdAt) >= OLD_DAYS * DAY_MS)
  const [first] = old
  if (first === undefined) return ok(id, `No key has been here for ${OLD_DAYS} days or more.`)
  return warn(id, `${count(old.length, 'key')} older than ${OLD_DAYS} days: ${list(old.map(({ name }) => name))}.`, {
    why: 'The longer a key is in use, the more places it may have got to.',
    next: { text: 'Rotate it.', command: `hallpass identity rotate ${shellName(first.name)}`, place: 'identities' },
  })
}

export function checkRootKeys(identities: readonly Pick<Identity, 'name' | 'userArn'>[]): DoctorCheck {
  const id = 'keys.root'
  const root = identities.filter(({ userArn }) => userArn?.endsWith(':root'))
  if (root.length === 0) return ok(id, 'No key is of a root user.')
  return fail(id, `${list(root.map(({ name }) => name))}: the key of a root user.`, {
    why: 'It may do everything, nothing can restrict it, and it can’t assume roles.',
    next: { text: 'Make an IAM user, and delete that key in AWS.', place: 'identities' },
  })
}

export function checkMfaDevices(identities: readonly Pick<Identity, 'kind' | 'name' | 'mfaSerial'>[]): DoctorCheck {
  const id = 'keys.mfa'
  const without = identities.filter(isKey).filter(({ mfaSerial }) => mfaSerial === null)
  const [first] = without
  if (first === undefined) return ok(id, 'Every key has its MFA device named.')
  return warn(id, `No MFA device is named for ${list(without.map(({ name }) => name))}.`, {
    why: 'A key without MFA is all that somebody needs who gets hold of it.',
    next: {
      text: 'Give the user a device in AWS, and name it here.',
      command: `hallpass identity edit ${shellName(first.name)} --mfa-serial ARN`,
      place: 'identities',
    },
  })
}

export function checkBreakGlass(sealed: readonly SealedCredential[]): DoctorCheck {
  const id = 'breakglass'
  if (sealed.length === 0) return ok(id, 'No emergency credential is sealed here.')
  const names = (some: readonly SealedCredential[]) => list(some.map(({ name }) => name))
  const open = sealed.filter(({ openUntil }) => openUntil !== null)
  if (open.length > 0) {
    return warn(id, `${names(open)}: open now.`, {
      why: 'What is inside can be shown until it closes.',
      next: { text: 'Seal it again once it is not needed.', place: 'breakglass' },
    })
  }
  const due = sealed.filter(({ tasks }) => tasks.some((task) => task !== 'note'))
  const [first] = due
  if (first !== undefined) {
    return fail(id, `${names(due)}: not changed since it was seen.`, {
      why: 'Whoever saw the password or the key can still use it.',
      next: { text: 'Change it.', command: `hallpass breakglass rotate ${shellName(first.name)}`, place: 'breakglass' },
    })
  }
  return ok(id, `${count(sealed.length, 'emergency credential')} sealed, none in need of a look.`)
}

/** @param now milliseconds since the epoch */
export function checkDrills(sealed: readonly SealedCredential[], now: number): DoctorCheck {
  const id = 'breakglass.drills'
  if (sealed.length === 0) return ok(id, 'No emergency path to rehearse.')
  const never = sealed.filter(({ lastDrillAt }) => lastDrillAt === null)
  const long = sealed.filter(
    ({ lastDrillAt }) => lastDrillAt !== null && now - Date.parse(lastDrillAt) >= DRILL_DAYS * DAY_MS,
  )
  const [first] = [...never, ...long]
  if (first === undefined) return ok(id, `Every emergency path was rehearsed within ${DRILL_DAYS} days.`)
  const parts = [
    ...(never.length > 0 ? [`${list(never.map(({ name }) => name))}: never drilled.`] : []),
    ...(long.length > 0 ? [`${list(long.map(({ name }) => name))}: not drilled for ${DRILL_DAYS} days or more.`] : []),
  ]
  return warn(id, parts.join(' '), {
    why: 'At three in the morning people do what they have done before.',
    next: {
      text: 'Rehearse it on the practice account.',
      command: `hallpass breakglass drill ${shellName(first.name)}`,
      place: 'breakglass',
    },
  })
}
