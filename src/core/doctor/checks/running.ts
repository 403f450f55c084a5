/** What runs: the agent, the clock, sessions, locks. */
import type { DoctorCheck } from '#shared/doctor.ts'
import type { ClockSkew } from '../../aws/index.ts'
import { count, fail, list, ok, warn } from '../check.ts'

export interface AgentFacts {
  readonly kind: 'app' | 'standalone'
  readonly version: string
  readonly answers: boolean
}

/** @param agent null when none has announced itself @param version of this Hallpass */
export function checkAgent(agent: AgentFacts | null, version: string): DoctorCheck {
  const id = 'agent'
  if (!agent) {
    return ok(id, 'No agent is running.', { why: 'Each command works alone, on sessions that rest sealed.' })
  }
  const name = agent.kind === 'app' ? 'The app' : 'An agent'
  const restart = agent.kind === 'app' ? 'Quit the app and open it again.' : 'Stop it; the next command works alone.'
  const command = agent.kind === 'app' ? null : 'hallpass agent --stop'
  if (agent.version !== version) {
    return warn(id, `${name} is ${agent.version}, and this is ${version}.`, {
      why: 'Commands of another version work without it.',
      next: { text: restart, command },
    })
  }
  if (!agent.answers) {
    return warn(id, `${name} is there but does not answer.`, {
      why: 'Commands wait for it, then work alone.',
      next: { text: restart, command },
    })
  }
  return ok(id, `${name} keeps sessions in its memory.`)
}

/** AWS refuses signatures more than five minutes off (SigV4); four are close enough to say so. */
const REFUSED_SECONDS = 300
const NEAR_SECONDS = 60

export function checkClock(skew: ClockSkew | null): DoctorCheck {
  const id = 'clock'
  if (!skew) return ok(id, 'AWS’s time is not known yet.', { why: 'It comes with its first answer.' })
  const off = Math.abs(skew.seconds)
  if (off < NEAR_SECONDS) return ok(id, 'This computer’s clock is right.')
  const way = skew.seconds > 0 ? 'behind' : 'ahead of'
  const amount = off < 120 ? `${off} s` : `${Math.round(off / 60)} min`
  const about = {
    why: 'AWS rejects requests more than 5 minutes off.',
    next: { text: 'Turn on automatic time.' },
  }
  const title = `This computer is ${amount} ${way} AWS.`
  return off >= REFUSED_SECONDS ? fail(id, title, about) : warn(id, title, about)
}

export function checkSessions({
  live,
  expired,
}: {
  readonly live: number
  readonly expired: readonly string[]
}): DoctorCheck {
  const id = 'sessions'
  const lives = live === 0 ? 'No session is live' : `${count(live, 'session')} live`
  if (expired.length === 0) return ok(id, `${lives}, none has expired.`)
  return ok(id, `${lives}, ${expired.length} expired: ${list(expired)}.`, {
    why: 'They start again when somebody asks for them.',
    next: { text: 'End those that are no longer needed.', place: 'sessions' },
  })
}

/** @param held locks of AWS files that another process has */
export function checkLocks(held: readonly string[]): DoctorCheck {
  const id = 'locks'
  if (held.length === 0) return ok(id, 'Nobody holds the AWS files locked.')
  return warn(id, `Another Hallpass process is busy with ${list(held)}.`, {
    why: 'Writing profiles waits for it.',
    next: { text: 'Check again in a moment. If it stays, find that process and end it.' },
  })
}
