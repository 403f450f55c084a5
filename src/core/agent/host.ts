/** What an agent does for its clients, on the one Hallpass it hosts; and when it ends by itself. */

import { HallpassError } from '#shared/errors.ts'
import type { HandedOutCredentials } from '#shared/sessions.ts'
import { askerOf } from '../activity/asker.ts'
import { formatCredentials } from '../aws/credential-formats.ts'
import type { Clock, MfaPromptRequest } from '../capabilities.ts'
import type { Hallpass } from '../hallpass.ts'
import type { CredentialsOptions } from '../sessions/service.ts'
import { type Asker, PromptBroker } from './prompt-broker.ts'
import type {
  AgentKind,
  AgentRequest,
  AgentStatus,
  ProcessReply,
  VaultHold,
  VaultKey,
  WireOptions,
} from './protocol.ts'
import type { Seat } from './seat.ts'
import type { AgentServer } from './server.ts'

export interface HostOptions {
  readonly seat: Seat
  readonly hallpass: Hallpass
  readonly kind: AgentKind
  /** Of the product. */
  readonly version: string
  /** Asks the clients; an agent in the app asks in its window and has none. */
  readonly broker?: PromptBroker
  readonly clock?: Clock
  /** Told after a client was served, when sessions may be others than before. */
  readonly served?: () => void
  /** Ends the agent after this long without a client and a live session. Milliseconds; never when absent. */
  readonly idleMs?: number | undefined
}

export interface AgentHost {
  status(): AgentStatus
  /** Resolves when the agent has ended, by `stop`, by idling or by {@link stop}, and every client has its reply. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** @throws `agent.unavailable`, `file.permission` */
export async function hostAgent(options: HostOptions): Promise<AgentHost> {
  const { seat, hallpass, kind, version, broker, clock = Date.now, idleMs, served } = options
  const startedAt = new Date(clock()).toISOString()
  let lastUsed = clock()
  let finish = () => {}
  const ended = new Promise<void>((resolve) => {
    finish = resolve
  })

  async function perform(request: AgentRequest, asker: Asker): Promise<unknown> {
    switch (request.op) {
      case 'status':
        return status()
      case 'stop':
        if (kind === 'app') throw inApp()
        return stop()
      case 'credential-process': {
        const wanted = { byProgram: true, how: 'credential-process', askedAt: request.askedAt }
        return processReply(await credentials(request.name, wanted, asker))
      }
      case 'credentials':
        return credentials(request.name, request.options, asker)
      case 'vault-unlock':
        return hold(request)
      case 'vault-lock':
        return hallpass.vault.drop()
      case 'vault-key':
        return (await hallpass.vault.heldKey()) ?? null
    }
  }

  async function credentials(name: string, wanted: WireOptions, asker: Asker) {
    const leave = broker?.join(asker)
    try {
      return await hallpass.sessions.credentials(name, toOptions(wanted, asker))
    } finally {
      leave?.()
      lastUsed = clock()
      served?.()
    }
  }

  async function hold({ vault, key, seconds }: VaultKey & { readonly seconds: number }): Promise<VaultHold> {
    const until = clock() + seconds * 1000
    await hallpass.vault.hold({ vault, key }, until)
    served?.()
    return { until: new Date(until).toISOString() }
  }

  function status(): AgentStatus {
    const sessions = seat.held.live()
    const until = hallpass.vault.heldUntil()
    const vaultUnlockedUntil = until === null ? null : new Date(until).toISOString()
    return { kind, pid: process.pid, version, startedAt, sessions, clients: server.clients, vaultUnlockedUntil }
  }

  async function stop(): Promise<true> {
    clearInterval(timer)
    await seat.leave()
    hallpass.vault.drop()
    void server.closed.then(finish)
    return true
  }

  function look(): void {
    const now = clock()
    const isInUse = server.clients > 0 || seat.held.live() > 0 || hallpass.vault.heldUntil() !== null
    if (isInUse) lastUsed = now
    else if (idleMs !== undefined && now - lastUsed >= idleMs) void stop()
  }

  if (served) hallpass.vault.whenDropped(served)
  const server: AgentServer = await seat.open(perform, hallpass.vault.served())
  const timer = idleMs === undefined ? undefined : setInterval(look, Math.min(idleMs / 4, 30_000))
  return { status, ended, stop: async () => void (await stop()) }
}

/** A broker that knows who waits for which device: clients of the same role, or of one behind the same identity. */
export function createBroker(hallpass: () => Hallpass): PromptBroker {
  return new PromptBroker((name, request) => isSameName(name, request.target) || isBehind(hallpass(), name, request))
}

function isBehind(hallpass: Hallpass, name: string, { identity }: MfaPromptRequest): boolean {
  try {
    const { chain } = hallpass.roles.show(name)
    return isSameName(chain[0]?.name ?? '', identity) && chain.some(({ mfa }) => mfa)
  } catch {
    // An identity, or a role that is gone: neither waits for another one's code.
    return false
  }
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function processReply({ kept, ...credentials }: HandedOutCredentials): ProcessReply {
  return { document: formatCredentials(credentials, 'process'), ...(kept ? { kept } : {}) }
}

/** The activity log names the process that asked, not the agent that served it. */
function toOptions({ how = 'other', form, ...wanted }: WireOptions, { caller }: Asker): CredentialsOptions {
  const defined = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
  const asker = caller && { asker: askerOf('hallpass', caller, null) }
  return { ...defined, use: { how, ...(form === undefined ? {} : { form }), ...asker } }
}

function inApp(): HallpassError {
  return new HallpassError('agent.in-app', 'The agent is the Hallpass app.', { hint: 'Quit the app to end it.' })
}
