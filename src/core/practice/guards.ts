/** What a Hallpass on the practice account leaves out or says differently, so that practice and real life never mix. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { StsCalls } from '../aws/index.ts'
import type { IdentityService } from '../identities.ts'
import type { ProfileService } from '../profile-service.ts'

const LEAVE = 'Leave the practice account first.'

/** Takes keys of the practice account only: each is shown to it, and one that it could not be asked about is not kept. */
export function practiceIdentities(identities: IdentityService): IdentityService {
  return {
    ...identities,
    addProfile: async () => {
      throw new HallpassError('practice.kept-apart', 'The practice account does not start from profiles of yours.', {
        hint: LEAVE,
      })
    },
    async add(input) {
      const added = await identities.add(input, { verify: true })
      if (added.unverified === null) return added
      await identities.remove(added.identity.name)
      throw HallpassError.fromReport(added.unverified)
    },
  }
}

/** Writes profiles of its own, and neither takes over a person's nor becomes their default. */
export function practiceProfiles<T extends ProfileService>(profiles: T): T {
  const refuse = (what: string) =>
    new HallpassError('practice.kept-apart', `The practice account does not ${what}.`, { hint: LEAVE })
  const refuseAdoption = async () => {
    throw refuse('take over profiles of yours')
  }
  return {
    ...profiles,
    planAdoption: refuseAdoption,
    adopt: refuseAdoption,
    async plan(name, options) {
      if (options?.makeDefault) throw refuse('become the default profile')
      return profiles.plan(name, options)
    },
    async write(name, options) {
      if (options?.makeDefault) throw refuse('become the default profile')
      return profiles.write(name, options)
    },
  }
}

/** STS of the practice account: without an answer it is not the network that is down. */
export function practiceSts<T extends StsCalls>(sts: T): T {
  const explain = (error: unknown): never => {
    if (!isHallpassError(error, 'network.unreachable')) throw error
    throw new HallpassError('network.unreachable', 'The practice account is not running.', {
      hint: 'Open Hallpass and choose the practice account.',
      details: error.details,
      cause: error,
    })
  }
  const calls = Object.entries(sts).map(([name, call]): [string, unknown] => [
    name,
    (...parts: unknown[]) => (call as (...parts: unknown[]) => Promise<unknown>)(...parts).catch(explain),
  ])
  return { ...sts, ...Object.fromEntries(calls) }
}
