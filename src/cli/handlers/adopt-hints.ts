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

function rephrase(codes: readonly ErrorCode[], hint: () => string): (error: unknown) => never {
  return (error) => {
    if (!isHallpassError(error) || !codes.includes(error.code)) throw error
    throw new HallpassError(error.code, error.message, { hint: hint(), details: error.details, cause: error })
  }
}
