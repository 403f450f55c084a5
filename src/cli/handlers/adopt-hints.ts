/** What core can only say in general, said in terms of the command. */
import { type ErrorCode, HallpassError, isHallpassError } from '#shared/errors.ts'

/** For a write that met somebody else's section. @param profile asked for only then: to know it may mean a look at every role */
export function suggestAdopting(profile: () => string): (error: unknown) => never {
  return rephrase(
    ['profile.not-owned'],
    () => `hallpass profile adopt ${profile()} --dry-run, or --profile with another name`,
  )
}

/** For an adoption of which it is not clear whom it is for. */
export function suggestNaming(profile: string): (error: unknown) => never {
  return rephrase(['profile.no-match', 'profile.ambiguous'], () => `hallpass profile adopt ${profile} --for NAME`)
}

/** For a section that somebody wrote themselves, which was to be removed. */
export function suggestLeaving(): (error: unknown) => never {
  return rephrase(
    ['profile.not-owned'],
    () => 'hallpass profile list shows those it wrote. A section of your own goes only by your hand, in an editor.',
  )
}

/** For an adoption of a profile that is not there. */
export function suggestProfiles(): (error: unknown) => never {
  return rephrase(
    ['profile.not-found'],
    () => 'hallpass files show lists the profiles there are; hallpass profile write NAME makes a new one.',
  )
}

/** For a share under a name that is somebody else's. */
export function suggestOtherSession(name: string): (error: unknown) => never {
  return rephrase(
    ['sso.session-not-owned', 'sso.session-in-use'],
    () => `Choose another name for the session: hallpass sso share ${name} --as SESSION`,
  )
}

function rephrase(codes: readonly ErrorCode[], hint: () => string): (error: unknown) => never {
  return (error) => {
    if (!isHallpassError(error) || !codes.includes(error.code)) throw error
    throw new HallpassError(error.code, error.message, { hint: hint(), details: error.details, cause: error })
  }
}
