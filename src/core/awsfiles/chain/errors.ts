/** Why a profile has no credentials, and what to do about it. Values of keys are never part of it, only names. */
import { suggestName } from '#core/names.ts'
import { HallpassError } from '#shared/errors.ts'
import type { FileProblem } from '../merged-profiles.ts'
import type { Values } from '../readers/types.ts'
import { ACCESS_KEY_ID, keyPair, SECRET_ACCESS_KEY, setting } from './settings.ts'
import { CREDENTIAL_SOURCES } from './types.ts'

/** Names of a circle that are shown at most; chains can be of any length. */
const SHOWN_NAMES = 8

export function fileRejected({ file, line, message }: FileProblem): HallpassError {
  const where = line > 0 ? `, line ${line}` : ''
  const why = message.charAt(0).toLowerCase() + message.slice(1)
  return new HallpassError('file.unparsable', `SDKs can’t read ${file}${where}: ${why}`, {
    hint: 'Repair that line: hallpass files check lists everything that is wrong.',
  })
}

export function unknownProfile(profile: string, known: Iterable<string>): HallpassError {
  return new HallpassError('profile.not-found', `There is no profile ${profile} in the AWS files.`, {
    hint: didYouMean(profile, known) ?? 'hallpass files show lists the profiles there are.',
  })
}

export function missingSource(profile: string, source: string, known: Iterable<string>): HallpassError {
  const others = [...known].filter((name) => name !== profile)
  return new HallpassError(
    'chain.missing-source',
    `Profile ${source}, the source of profile ${profile}, doesn’t exist.`,
    {
      hint:
        didYouMean(source, others) ?? `Create profile ${source}, or name another one in source_profile of ${profile}.`,
    },
  )
}

export function missingSsoSession(profile: string, session: string, known: Iterable<string>): HallpassError {
  const message = `The sso-session ${session} of profile ${profile} doesn’t exist.`
  return new HallpassError('chain.missing-source', message, {
    hint: didYouMean(session, known) ?? `Add a section [sso-session ${session}] to the config file.`,
  })
}

/** @param visited the profiles on the way, in order; `next` is one of them */
export function cycle(visited: readonly string[], next: string): HallpassError {
  const circle = [...visited.slice(visited.indexOf(next)), next]
  if (circle.length === 2) {
    return new HallpassError('chain.cycle', `Profile ${next} is its own source, but holds no access key.`, {
      hint: `Name another profile in source_profile of ${next}, or give it an access key.`,
    })
  }
  const shown =
    circle.length > SHOWN_NAMES ? [...circle.slice(0, SHOWN_NAMES / 2), '…', ...circle.slice(-SHOWN_NAMES / 2)] : circle
  return new HallpassError('chain.cycle', `The source profiles lead round in a circle: ${shown.join(' → ')}.`, {
    hint: `Name another profile in source_profile of ${visited.at(-1)}, one outside the circle.`,
  })
}

export function partialKeys(profile: string, values: Values | undefined): HallpassError {
  const missing = [ACCESS_KEY_ID, SECRET_ACCESS_KEY].filter((key) => setting(values, key) === undefined)
  const verb = missing.length === 1 ? 'is' : 'are'
  const message = `The access key of profile ${profile} is incomplete: ${missing.join(' and ')} ${verb} missing.`
  return new HallpassError('chain.partial-keys', message, {
    hint: 'Add what is missing, or remove the rest of that key.',
  })
}

export function twoSources(profile: string): HallpassError {
  return new HallpassError('chain.two-sources', `Profile ${profile} has both source_profile and credential_source.`, {
    hint: 'Remove one of the two: a role is assumed from one source.',
  })
}

export function roleWithoutSource(profile: string, values: Values | undefined): HallpassError {
  const message = `Profile ${profile} has a role_arn, but neither source_profile nor credential_source.`
  // The AWS CLI refuses such a profile; there it would do something else than it says (AWS facts A.6).
  const silent = 'The AWS SDK for JavaScript would use its access key and never assume the role.'
  return new HallpassError('chain.no-source', keyPair(values) === 'complete' ? `${message} ${silent}` : message, {
    hint: 'Add source_profile: the profile whose credentials assume the role, or its own name when it has an access key.',
  })
}

export function noCredentials(profile: string, values: Values | undefined): HallpassError {
  const pointer = ['source_profile', 'credential_source'].find((key) => setting(values, key) !== undefined)
  if (pointer !== undefined) {
    return new HallpassError('chain.no-source', `Profile ${profile} has ${pointer}, but no role_arn to use it for.`, {
      hint: 'Add the role_arn of the role to assume.',
    })
  }
  return new HallpassError('chain.no-source', `Profile ${profile} has no credentials.`, {
    hint: 'Add a role_arn with a source_profile, a credential_process, an IAM Identity Center sign-in, or an access key.',
  })
}

export function unknownCredentialSource(profile: string): HallpassError {
  return new HallpassError(
    'chain.invalid-source',
    `The credential_source of profile ${profile} is none that SDKs know.`,
    {
      hint: `Use ${CREDENTIAL_SOURCES.join(', ')}, written exactly so.`,
    },
  )
}

/** @param needs the keys without which the source does not work */
export function incompleteSource(profile: string, what: string, needs: readonly string[]): HallpassError {
  const message = `The ${what} of profile ${profile} is incomplete: ${needs.join(', ')} ${needs.length === 1 ? 'is' : 'are'} missing.`
  return new HallpassError('chain.invalid-source', message, { hint: 'Add what is missing.' })
}

export function contradiction(profile: string, session: string, key: string): HallpassError {
  const message = `Profile ${profile} and its sso-session ${session} have different values for ${key}.`
  return new HallpassError('chain.invalid-source', message, { hint: `Remove ${key} from the profile.` })
}

function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const guess = suggestName(name, [...known])
  return guess === undefined ? undefined : `Did you mean ${guess}?`
}
