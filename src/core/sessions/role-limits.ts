/**
 * How long sessions of a role may last: what AWS fixes, and what its answers have taught. AWS never says a role's
 * maximum (its refusal has no number, and IAM asks for another permission), so what was granted and what was refused
 * bound it from both sides.
 */
import { formatRemaining } from '#shared/duration.ts'
import { HallpassError } from '#shared/errors.ts'
import type { DurationLimits, Role } from '#shared/roles.ts'
import type { Store } from '../store/types.ts'
import type { Chain } from './chain.ts'
import { CHAINED_MAXIMUM } from './mfa-session.ts'

/** AWS's default for AssumeRole, and what every role allows. Seconds. */
const ALWAYS_ALLOWED = 3600
/** No role's maximum is higher. Seconds. */
const SERVICE_MAXIMUM = 43_200
/** A refusal is believed for this long: the role's maximum may be raised. Milliseconds. */
const BELIEVED_FOR = 3_600_000

interface Learned {
  /** Another ARN under the same name is another role. */
  readonly arn: string
  /** The longest granted, seconds. */
  readonly proven?: number
  readonly refused?: { readonly seconds: number; readonly at: number }
}

/** What is known of role durations, in the store. Times are by AWS's clock, in milliseconds. */
export class RoleLimits {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** AWS granted that many seconds, asked for with a long-term key. */
  noteGranted(role: Role, seconds: number): void {
    const { proven = 0, refused } = this.#read(role)
    // An hour teaches nothing, and needs no line in the store.
    if (seconds <= Math.max(proven, ALWAYS_ALLOWED)) return
    this.#write(role, { proven: seconds, ...(refused && refused.seconds > seconds ? { refused } : {}) })
  }

  /** AWS said that many seconds are above the role's maximum. */
  noteRefused(role: Role, seconds: number, now: number): void {
    const { proven } = this.#read(role)
    this.#write(role, {
      ...(proven !== undefined && proven < seconds ? { proven } : {}),
      refused: { seconds, at: now },
    })
  }

  /** @throws `sts.duration-role-maximum` when AWS lately refused as much, before anybody is asked for a code */
  check(role: Role, seconds: number, now: number): void {
    const { refused, proven = ALWAYS_ALLOWED } = this.#read(role)
    if (!refused || seconds < refused.seconds || now - refused.at > BELIEVED_FOR || refused.at > now) return
    throw new HallpassError(
      'sts.duration-role-maximum',
      `${formatRemaining(seconds)} is more than the maximum session duration of ${role.name}: AWS has refused ${formatRemaining(refused.seconds)} for it.`,
      {
        hint: `Use a shorter duration: ${formatRemaining(proven)} works. If the role’s maximum was raised, renew the session to have AWS asked again.`,
      },
    )
  }

  limits({ roles }: Chain, sharesMfa: boolean): DurationLimits | null {
    const role = roles.at(-1)
    if (!role) return null
    const asked = role.settings.durationSeconds ?? ALWAYS_ALLOWED
    const { refused, proven = null } = this.#read(role)
    if (roles.length > 1) return { asked, maximum: CHAINED_MAXIMUM, limit: 'chaining', proven, sharesMfa }
    if (refused) return { asked, maximum: refused.seconds - 1, limit: 'role', proven, sharesMfa }
    return { asked, maximum: SERVICE_MAXIMUM, limit: 'service', proven, sharesMfa }
  }

  #read(role: Role): Partial<Learned> {
    try {
      const learned = JSON.parse(this.#store.setting(settingOf(role)) || '{}') as Partial<Learned>
      return learned.arn === role.arn ? learned : {}
    } catch {
      return {}
    }
  }

  #write(role: Role, learned: Omit<Learned, 'arn'>): void {
    this.#store.setSetting(settingOf(role), JSON.stringify({ arn: role.arn, ...learned }))
  }
}

function settingOf(role: Role): string {
  return `role.duration/${role.id}`
}
