/** The link of a door: of the one asked for, or of the proposed one. What opens a console, from app and command alike. */
import type { ConsoleDoor, DoorOption } from '#shared/console.ts'
import { HallpassError } from '#shared/errors.ts'
import type { ConsoleDoors, ConsoleService, LinkDestination, SignInOptions } from './console-service.ts'

export interface ConsoleLinkRequest extends SignInOptions {
  /** The proposed one when absent. */
  readonly door?: ConsoleDoor
}

export interface ConsoleLink {
  /** Opened or copied at once; never kept where `isSecret`. */
  readonly url: string
  readonly door: ConsoleDoor
  /** Whoever has it is signed in. */
  readonly isSecret: boolean
}

/** The door that is proposed. @throws `console.not-supported` with the reason, where AWS refuses all of them */
export function proposedDoor({ doors }: Pick<ConsoleDoors, 'doors'>, name: string): DoorOption {
  const [first] = doors
  if (first?.possible) return first
  throw new HallpassError('console.not-supported', `No link leads ${name} into the console.`, {
    hint: first?.reason.text ?? 'Use its credentials with the AWS CLI instead.',
  })
}

/** @throws `role.not-found`, `input.invalid`, `console.*`, and for a sign-in link whatever its session may throw */
export async function makeConsoleLink(
  console: ConsoleService,
  name: string,
  { door: wanted, ...options }: ConsoleLinkRequest,
): Promise<ConsoleLink> {
  const door = wanted ?? proposedDoor(console.doors(name), name).door
  if (door === 'sign-in') return { url: await console.signInLink(name, options), door, isSecret: true }
  return { url: secretlessLink(console, name, door, options), door, isSecret: false }
}

/** A link that may be copied and kept. @throws `role.not-found`, `input.invalid`, `console.not-supported` */
export function secretlessLink(
  console: ConsoleService,
  name: string,
  door: Exclude<ConsoleDoor, 'sign-in'>,
  { destination, region }: LinkDestination,
): string {
  const where = { ...(destination === undefined ? {} : { destination }), ...(region === undefined ? {} : { region }) }
  return door === 'switch-role' ? console.switchRoleLink(name, where) : console.shortcutLink(name, where)
}
