/** Listens for clients on a Unix socket, or a named pipe on Windows, and keeps their number within bounds. */
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Connection, type ConnectionParts } from './connection.ts'

/** More than this many at once are hung up on, and work alone. */
const MOST_CONNECTIONS = 512
/** A peer without the proof is worth a line in the log, and a thousand of them no more than that. Milliseconds. */
const WARN_MS = 60_000
/** How long requests under way may take to finish once the agent is to end. Milliseconds. */
const FINISH_MS = 2000

export interface AgentServer {
  /** Connections at this moment. */
  readonly clients: number
  /** Takes no more clients, gives the requests under way a moment, and hangs up on all but the one that asked for it. */
  drain(): Promise<void>
  /** Resolves once no connection is left. */
  readonly closed: Promise<void>
}

/** @throws the error of `listen`, such as EADDRINUSE or ENOTSUP */
export async function startServer(
  socketPath: string,
  parts: Omit<ConnectionParts, 'turnedAway'>,
): Promise<AgentServer> {
  const connections = new Set<Connection>()
  const stopping = new Set<Connection>()
  let lastWarning = 0
  const turnedAway = () => {
    if (Date.now() - lastWarning < WARN_MS) return
    lastWarning = Date.now()
    parts.log.warn('agent: a peer that does not know the token was turned away')
  }
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection: Connection = new Connection(socket, {
      ...parts,
      turnedAway,
      perform: (request, asker) => {
        if (request.op === 'stop') stopping.add(connection)
        return parts.perform(request, asker)
      },
    })
    connections.add(connection)
    socket.once('close', () => {
      connections.delete(connection)
      stopping.delete(connection)
    })
  })
  server.maxConnections = MOST_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, resolve)
  })
  const closed = new Promise<void>((resolve) => {
    server.once('close', () => resolve())
  })
  const others = () => [...connections].filter((connection) => !stopping.has(connection))

  return {
    closed,
    get clients() {
      return connections.size
    },
    async drain() {
      server.close()
      const deadline = Date.now() + FINISH_MS
      while (others().some(({ isWorking }) => isWorking) && Date.now() < deadline) await delay(20)
      for (const connection of others()) connection.hangUp()
    },
  }
}
