/** Everything one practice account holds, and the one way to change it from outside. */
import { z } from 'zod'
import { HallpassError } from '#shared/errors.ts'
import type { Clock } from '../capabilities.ts'
import { CallLog } from './call-log.ts'
import { controlCommandSchema } from './control.ts'
import type { Directory } from './directory.ts'
import type { Assignments } from './identity-center/assignments.ts'
import { IdentityCenter } from './identity-center/identity-center.ts'
import { seedAssignments } from './identity-center/seed.ts'
import { type InjectionState, Injections } from './injections.ts'
import type { Sessions } from './sessions.ts'

export class PracticeState {
  readonly directory: Directory
  readonly sessions: Sessions
  readonly injections = new Injections()
  readonly calls = new CallLog()
  readonly assignments: Assignments
  readonly identityCenter: IdentityCenter
  readonly #clock: Clock

  constructor(directory: Directory, sessions: Sessions, clock: Clock) {
    this.directory = directory
    this.sessions = sessions
    this.#clock = clock
    this.assignments = seedAssignments(directory)
    this.identityCenter = new IdentityCenter({
      assignments: this.assignments,
      sessions,
      calls: this.calls,
      now: () => this.now(),
      settings: () => this.injections.state.identityCenter,
      changeSettings: (identityCenter) => this.injections.change({ identityCenter }),
    })
  }

  /** The server's now, milliseconds since the epoch. */
  now(): number {
    return this.#clock() + this.injections.state.clockSkewSeconds * 1000
  }

  /** Carries a command out, whole or not at all. @throws `input.invalid` for a malformed one or an unknown key */
  control(input: unknown): InjectionState {
    const parsed = controlCommandSchema.safeParse(input)
    if (!parsed.success)
      throw new HallpassError('input.invalid', 'This is no command the practice account knows.', {
        details: z.prettifyError(parsed.error),
      })
    const { deactivateKey, activateKey, revokeSession, expireSession, forgetUsedCodes, clearCalls, ...injections } =
      parsed.data
    const { identityCenter } = parsed.data
    // All look-ups come before any change.
    const toDeactivate = this.#known(deactivateKey, (id) => this.directory.key(id))
    const toActivate = this.#known(activateKey, (id) => this.directory.key(id))
    this.#known(revokeSession, (id) => this.sessions.find(id, this.now()))
    this.#known(expireSession, (id) => this.sessions.find(id, this.now()))
    if (identityCenter) this.identityCenter.apply(identityCenter)
    if (toDeactivate) toDeactivate.active = false
    if (toActivate) toActivate.active = true
    if (expireSession !== undefined) this.sessions.expire(expireSession, this.now())
    if (revokeSession !== undefined) this.sessions.revoke(revokeSession)
    if (forgetUsedCodes)
      for (const { user } of this.directory.keys()) for (const device of user.devices) device.forgetUsedCodes()
    if (clearCalls) this.calls.clear()
    this.injections.change(injections)
    this.sessions.shortenTo = this.injections.state.shortenTo
    return this.injections.state
  }

  #known<T>(id: string | undefined, find: (id: string) => T | undefined): T | undefined {
    if (id === undefined) return undefined
    const found = find(id)
    if (found === undefined) throw new HallpassError('input.invalid', `The practice account has no key ${id}.`)
    return found
  }
}
