/** The command: found by shells, and found by the profiles that run it. */
import type { DoctorCheck } from '#shared/doctor.ts'
import { fail, ok, warn } from '../check.ts'

/** @param found absolute paths on PATH, the one that runs first */
export function checkCommandOnPath(found: readonly string[]): DoctorCheck {
  const id = 'command.path'
  const [first, ...others] = found
  if (first === undefined) {
    return warn(id, 'Shells do not find the hallpass command.', {
      why: 'Profiles work without it: they name their own. Typing hallpass in a terminal does not.',
      next: { text: 'Put its folder on PATH, or link it into one that is.' },
    })
  }
  if (others.length === 0) return ok(id, `Shells run ${first}.`)
  return ok(id, `Shells run ${first}, the first of ${found.length}.`)
}

export interface ShimFacts {
  /** Absolute path of the script that profiles name. */
  readonly path: string
  readonly state: 'sound' | 'missing' | 'not-executable'
  /** The program it starts; null when that can't be told. */
  readonly program: string | null
  readonly programExists: boolean
  /** Profiles that run it. */
  readonly profiles: number
}

export function checkShim({ path, state, program, programExists, profiles }: ShimFacts): DoctorCheck {
  const id = 'command.profiles'
  const next = {
    text: 'Have Hallpass write it again.',
    command: 'hallpass doctor --repair',
    repair: 'repair-command' as const,
  }
  const why = profiles > 0 ? 'AWS tools get no credentials from profiles of Hallpass’s.' : null
  if (state === 'missing' && profiles === 0) return ok(id, 'No profile needs the command yet.')
  if (state === 'missing') return fail(id, `${path}, which profiles run, is gone.`, { why, next })
  if (state === 'not-executable') return fail(id, `${path}, which profiles run, can’t be run.`, { why, next })
  if (program !== null && !programExists) {
    return fail(id, `Profiles run ${program}, which is gone.`, {
      why: 'Hallpass has moved. '.concat(why ?? '').trim(),
      next,
    })
  }
  return ok(id, 'The command that profiles run is where it should be.')
}
