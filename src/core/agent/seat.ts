/**
 * The one seat of an agent in a state folder. Who has it holds a lock that the kernel drops when the process dies, so
 * there are never two, and whatever an earlier agent left behind is known to be stale.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { Log } from '../capabilities.ts'
import type { ConnectionParts } from './connection.ts'
import { askToStop } from './conversation.ts'
import { agentFolder, type Endpoint, endpointFile, isOlder, readEndpoint } from './endpoint.ts'
import { HeldSessions } from './held-sessions.ts'
import { type AgentKind, contextsServed, PROTOCOL } from './protocol.ts'
import { holdSeat } from './seat-lock.ts'
import { type AgentServer, startServer } from './server.ts'
import { ensurePrivateFolder, socketPlaces } from './socket-place.ts'

export interface SeatOptions {
  /** The state folder, absolute. */
  readonly home: string
  readonly kind: AgentKind
  /** Of the product. */
  readonly version: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
}

/** The kind of vault the agent uses, and the one of a client that names none. */
export interface ServedVault {
  readonly kind: string
  readonly stored: string
}

export interface Seat {
  /** For `createHallpass`: makes it keep sessions in memory. */
  readonly held: HeldSessions
  /**
   * Opens the socket, for clients of the same vault.
   * @throws `agent.unavailable`, `file.permission`
   */
  open(perform: ConnectionParts['perform'], vault: ServedVault): Promise<AgentServer>
  /** Ends the agent: sessions rest sealed again, and the seat is free. May be called more than once. */
  leave(): Promise<void>
}

/**
 * Takes the seat. A `hallpass agent` of an earlier version steps down for it, and any `hallpass agent` for the app,
 * which has a window to ask in.
 * @throws `agent.running` when another process keeps the seat
 */
export async function takeSeat({ home, kind, version, env, log }: SeatOptions): Promise<Seat> {
  const before = readEndpoint(home)
  if (before?.kind === 'standalone' && (kind === 'app' || isOlder(before, version))) await askToStop(before)
  const held = new HeldSessions()
  const release = await holdSeat(home)
  let server: AgentServer | undefined
  let socketPath: string | undefined
  let leaving: Promise<void> | undefined

  async function open(perform: ConnectionParts['perform'], { kind: vault, stored }: ServedVault): Promise<AgentServer> {
    const token = randomBytes(32).toString('base64url')
    ensurePrivateFolder(agentFolder(home))
    const listening = await listen({ token, contexts: contextsServed(env, vault, stored), log, perform })
    server = listening.server
    socketPath = listening.socket
    writeEndpoint(home, { protocol: PROTOCOL, version, kind, pid: process.pid, socket: socketPath, token })
    return server
  }

  async function listen(parts: Omit<ConnectionParts, 'turnedAway'>): Promise<{ server: AgentServer; socket: string }> {
    let problem: unknown
    for (const { folder, socket } of socketPlaces(home, env)) {
      try {
        if (folder !== undefined) {
          ensurePrivateFolder(folder)
          // The lock is ours: whoever listened here is dead.
          rmSync(socket, { force: true })
        }
        const started = await startServer(socket, parts)
        if (folder !== undefined) chmodSync(socket, 0o600)
        return { server: started, socket }
      } catch (cause) {
        problem ??= cause
      }
    }
    if (isHallpassError(problem)) throw problem
    throw new HallpassError('agent.unavailable', 'The agent found no place for its socket.', {
      hint: 'Set HALLPASS_HOME to a folder on a local disk, with a short path.',
      details: problem instanceof Error ? problem.message : undefined,
      cause: problem,
    })
  }

  async function leave(): Promise<void> {
    // Without the endpoint no client comes any more; those who are here finish first.
    if (server) rmSync(endpointFile(home), { force: true })
    await server?.drain()
    if (socketPath !== undefined && process.platform !== 'win32') rmSync(socketPath, { force: true })
    try {
      held.rest()
    } catch (error) {
      // An agent that is told to end ends, also when its store is gone: the sessions can be had again.
      log.warn('agent: the sessions could not be put back into the store', { error })
    } finally {
      release()
    }
  }

  return {
    held,
    open,
    leave() {
      leaving ??= leave()
      return leaving
    },
  }
}

/** Readable by this user alone from its first byte, and never half-written. */
function writeEndpoint(home: string, endpoint: Endpoint): void {
  const file = endpointFile(home)
  const temporary = `${file}.${process.pid}`
  rmSync(temporary, { force: true })
  writeFileSync(temporary, `${JSON.stringify(endpoint)}\n`, { mode: 0o600, flag: 'wx' })
  renameSync(temporary, file)
}
