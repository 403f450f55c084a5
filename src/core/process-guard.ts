/** Tells a process that Hallpass runs for a profile what runs around it, so that it can't be made to wait for itself. */
import { HallpassError } from '#shared/errors.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Names the profiles whose processes are running, outermost first. */
const GUARD = '_HALLPASS_PROFILE_CHAIN'

/** For the environment of the process of `profile`. */
export function guardOf(profile: string, env: Env): Readonly<Record<string, string>> {
  return { [GUARD]: [...runningAround(env), profile].join('\n') }
}

/** Whether this process is, or was started by, the credential_process of a profile that Hallpass runs. */
export function isInsideProcess(env: Env): boolean {
  return runningAround(env).length > 0
}

/** @throws `chain.cycle` when the process of this very profile waits for the answer */
export function refuseRunning(profile: string, env: Env): void {
  if (!runningAround(env).includes(profile)) return
  throw new HallpassError('chain.cycle', `The process of the profile ${profile} asks Hallpass for the same profile.`, {
    hint: `Let its credential_process use other credentials than the identity that starts from ${profile}.`,
  })
}

function runningAround(env: Env): string[] {
  return (env[GUARD] ?? '').split('\n').filter(Boolean)
}
