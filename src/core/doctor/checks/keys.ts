/** Long-term keys and emergency users: how old, whose, and what is left to do. AWS is asked nothing. */
import type { SealedCredential } from '#shared/breakglass.ts'
import type { DoctorCheck } from '#shared/doctor.ts'
import type { Identity } from '#shared/models.ts'
import { count, fail, list, ok, warn } from '../check.ts'

const DAY_MS = 86_400_000
/** Advised by AWS and most audits (CIS Foundations Benchmark: 90 days or less). */
const OLD_DAYS = 90
/** An emergency user that nobody has opened for so long may not work when it is needed. */
const DRILL_DAYS = 90

const shellName = (name: string) => `'${name.replaceAll("'", `'\\''`)}'`

/** @param now milliseconds since the epoch */
export function checkKeyAge(identities: readonly Pick<Identity, 'name' | 'createdAt'>[], now: number): DoctorCheck {
  const id = 'keys.age'
  const old = identities.filter(({ createdAt }) => now - Date.parse(createdAt) >= OLD_DAYS * DAY_MS)
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

export function checkMfaDevices(identities: readonly Pick<Identity, 'name' | 'mfaSerial'>[]): DoctorCheck {
  const id = 'keys.mfa'
  const without = identities.filter(({ mfaSerial }) => mfaSerial === null)
  if (without.length === 0) return ok(id, 'Every identity has its MFA device named.')
  return warn(id, `No MFA device is named for ${list(without.map(({ name }) => name))}.`, {
    why: 'A key without MFA is all that somebody needs who gets hold of it.',
    next: { text: 'Give the user a device in AWS, and name it here.', place: 'identities' },
  })
}

/** @param now milliseconds since the epoch */
export function checkBreakGlass(sealed: readonly SealedCredential[], now: number): DoctorCheck {
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
  const last = ({ lastDrillAt, lastOpenedAt, createdAt }: SealedCredential) =>
    Math.max(...[lastDrillAt, lastOpenedAt, createdAt].map((moment) => Date.parse(moment ?? '') || 0))
  const stale = sealed.filter((one) => now - last(one) >= DRILL_DAYS * DAY_MS)
  if (stale.length === 0)
    return ok(id, `${count(sealed.length, 'emergency credential')} sealed, none in need of a look.`)
  return warn(id, `${names(stale)}: not tried for ${DRILL_DAYS} days or more.`, {
    why: 'A way out that was never tried may not be there when it is needed.',
    next: { text: 'Open it, sign in once, and rotate it.', place: 'breakglass' },
  })
}
