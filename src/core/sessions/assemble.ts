/** Puts sessions together: what makes them, what is noted of those who get one, and the agent, which is asked first. */
import { isHallpassError } from '#shared/errors.ts'
import type { ActivityLog } from '../activity/index.ts'
import { recordEnds, recordOrigins, recordSessions, recordSts } from '../activity/record-sessions.ts'
import type { AgentClient } from '../agent/index.ts'
import { viaAgent } from '../agent/via-agent.ts'
import type { Clock } from '../capabilities.ts'
import { type NoteUse, noteSessionUses } from '../habits.ts'
import { isInsideProcess } from '../process-guard.ts'
import type { OnSession } from './endings.ts'
import { createSessionEngine, type SessionEngine, type SessionEngineOptions } from './engine.ts'
import { type InsideProcessParts, insideProcess } from './inside-process.ts'
import { createSessionKeeper, type SessionKeeper } from './keeper.ts'
import type { Origins } from './origins.ts'

export interface SessionsParts extends SessionEngineOptions {
  readonly origins: Origins
  readonly awsClock: Clock
  readonly onSession: OnSession
  readonly activity: ActivityLog
  readonly noteUse: NoteUse
  readonly agent: AgentClient | undefined
  /** As the keeper takes it. */
  readonly warningMinutes: () => number
  readonly refuseCircle: InsideProcessParts['refuseCircle']
}

export interface AssembledSessions {
  readonly sessions: SessionEngine
  readonly keeper: SessionKeeper
}

export function assembleSessions(parts: SessionsParts): AssembledSessions {
  const { store, vault, clock, activity, agent, log, warningMinutes } = parts
  const engine = createSessionEngine({
    ...parts,
    sts: recordSts(parts.sts, store, activity, clock),
    origins: recordOrigins(parts.origins, store, activity, clock),
    onSession: recordEnds(store, activity, parts.onSession),
  })
  // Before the agent comes in: it notes what it hands out.
  const recorded = noteSessionUses(recordSessions(engine, store, activity), parts.noteUse)
  /** A passphrase the agent has not been given, this process may have. */
  const isOursToOpen = (error: unknown): boolean => {
    const isShut = isHallpassError(error, 'vault.locked') || isHallpassError(error, 'vault.wrong-passphrase')
    return isShut && vault.kind === 'file'
  }
  const shared = agent ? viaAgent(agent, recorded, isOursToOpen) : recorded
  const inside = { store, shared, alone: recorded, refuseCircle: parts.refuseCircle }
  return {
    sessions: isInsideProcess(parts.env) ? insideProcess(inside) : shared,
    keeper: createSessionKeeper({ store, engine, clock: parts.awsClock, log, warningMinutes }),
  }
}
