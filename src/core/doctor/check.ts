/** How checks are written down. */
import type { DoctorCheck } from '#shared/doctor.ts'

type Next = NonNullable<DoctorCheck['next']>

/** A check says one of these. `next` names what is to do, and how it can be done. */
export interface About {
  readonly why?: string | null
  readonly next?: Partial<Next> & Pick<Next, 'text'>
}

export const ok = (id: string, title: string, about: About = {}): DoctorCheck => make('ok', id, title, about)
export const warn = (id: string, title: string, about: About): DoctorCheck => make('warn', id, title, about)
export const fail = (id: string, title: string, about: About): DoctorCheck => make('fail', id, title, about)

function make(state: DoctorCheck['state'], id: string, title: string, { why = null, next }: About): DoctorCheck {
  return { id, state, title, why, next: next ? { command: null, repair: null, place: null, ...next } : null }
}

/** `1 profile`, `3 profiles`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function list(names: readonly string[]): string {
  const [first = '', second, third, ...rest] = names
  if (second === undefined) return first
  if (third === undefined) return `${first} and ${second}`
  return rest.length === 0 ? `${first}, ${second} and ${third}` : `${first}, ${second} and ${rest.length + 1} more`
}
