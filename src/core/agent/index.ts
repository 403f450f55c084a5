/** The agent as its hosts use it. Clients take `client`, and the fast path `conversation`, without the rest. */
export { type AgentClient, type AgentClientOptions, createAgentClient } from './client.ts'
export type { HeldSessions } from './held-sessions.ts'
export { type AgentHost, createBroker, hostAgent } from './host.ts'
export { type Seat, takeSeat } from './seat.ts'
