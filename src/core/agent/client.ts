/** Asking the agent, from a process that can as well work alone. */
import { type ErrorReport, HallpassError, isHallpassError } from '#shared/errors.ts'
import type { HandedOutCredentials } from '#shared/sessions.ts'
import type { MfaPrompt } from '../capabilities.ts'
import type { CredentialsOptions } from '../sessions/service.ts'
import { askToStop, converse, type Outcome } from './conversation.ts'
import { type Endpoint, isOfVersion, isOlder, readEndpoint } from './endpoint.ts'
import { credentialsSchema, statusSchema, vaultHoldSchema, vaultKeySchema } from './messages.ts'
import {
  type AgentRequest,
  type AgentStatus,
  type Answer,
  contextOf,
  isAgentRefused,
  type Question,
  type VaultKey,
} from './protocol.ts'

export interface AgentClientOptions {
  /** The state folder, absolute. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Of the product. */
  readonly version: string
  /** Asked when the agent has nobody else to ask. */
  readonly mfaPrompt: MfaPrompt
  /** Told when another client of the agent is asked for the code that `target` waits for. */
  readonly onPromptElsewhere?: ((wait: { readonly target: string }) => void) | undefined
}

/** `alone`: no agent, none of this version, or one of other surroundings; with the code that was typed for it. */
export type AgentCredentials =
  | { readonly credentials: HandedOutCredentials }
  | { readonly alone: true; readonly mfaCode?: string }

export interface AgentClient {
  /** @throws HallpassError what the agent's engine throws */
  credentials(name: string, options: CredentialsOptions): Promise<AgentCredentials>
  /**
   * Hands it the key of the vault file for so long.
   * @returns until when (ISO 8601); `undefined` when no agent of this version and these surroundings answers
   */
  unlockVault(key: VaultKey, seconds: number): Promise<string | undefined>
  /** Has it forget that key. @returns whether it had one; `undefined` without an agent */
  lockVault(): Promise<boolean | undefined>
  /** The key of the vault file, while it holds one. */
  vaultKey(): Promise<VaultKey | undefined>
  /** `undefined` when no agent of this version answers. */
  status(): Promise<AgentStatus | undefined>
  /**
   * Asks the agent to hand its sessions over and end; any version of it understands.
   * @returns whether there was one
   * @throws `agent.in-app` when it is the app
   */
  stop(): Promise<boolean>
}

/** Nothing is opened before something is asked. */
export function createAgentClient(options: AgentClientOptions): AgentClient {
  const { home, env, version, mfaPrompt, onPromptElsewhere } = options
  const answer = answerWith(mfaPrompt)
  const tell = (request: AgentRequest) => 'name' in request && onPromptElsewhere?.({ target: request.name })
  const talk = (endpoint: Endpoint, request: AgentRequest): Promise<Outcome> =>
    converse({ endpoint, context: contextOf(env), request, answer, onWaiting: () => tell(request) })

  /** The agent to ask. One of an older version is asked to step down, so that it does not serve for ever. */
  async function current(): Promise<Endpoint | undefined> {
    const endpoint = isAgentRefused(env) ? undefined : readEndpoint(home)
    if (!endpoint || isOfVersion(endpoint, version)) return endpoint
    if (isOlder(endpoint, version) && endpoint.kind === 'standalone') await askToStop(endpoint)
    return undefined
  }

  /** @returns the reply; `undefined` without an agent to reply */
  async function ask(request: AgentRequest): Promise<unknown> {
    const endpoint = await current()
    const outcome = endpoint && (await talk(endpoint, request))
    if (outcome && 'error' in outcome) throw HallpassError.fromReport(outcome.error)
    return outcome && 'reply' in outcome ? outcome.reply : undefined
  }

  return {
    async credentials(name, options) {
      const endpoint = await current()
      if (!endpoint) return { alone: true }
      const outcome = await talk(endpoint, { op: 'credentials', name, options })
      if ('error' in outcome) throw HallpassError.fromReport(outcome.error)
      if ('alone' in outcome) return outcome
      return { credentials: credentialsSchema.parse(outcome.reply) }
    },

    async unlockVault(key, seconds) {
      const reply = await ask({ op: 'vault-unlock', ...key, seconds })
      return reply === undefined ? undefined : vaultHoldSchema.parse(reply).until
    },

    async lockVault() {
      const reply = await ask({ op: 'vault-lock' })
      return reply === undefined ? undefined : reply === true
    },

    async vaultKey() {
      return vaultKeySchema.safeParse(await ask({ op: 'vault-key' })).data
    },

    async status() {
      const endpoint = readEndpoint(home)
      if (!endpoint) return undefined
      const outcome = await talk(endpoint, { op: 'status' })
      if ('error' in outcome) throw HallpassError.fromReport(outcome.error)
      return 'reply' in outcome ? statusSchema.parse(outcome.reply) : undefined
    },

    async stop() {
      const endpoint = readEndpoint(home)
      if (!endpoint) return false
      const outcome = await askToStop(endpoint)
      if ('error' in outcome) throw HallpassError.fromReport(outcome.error)
      return 'reply' in outcome
    },
  }
}

/** Turns a prompt into what a conversation wants: answers that never fail. */
export function answerWith(mfaPrompt: MfaPrompt): (question: Question) => Promise<Answer> {
  return async ({ problem, ...question }) => {
    try {
      return {
        code: await mfaPrompt({ ...question, ...(problem ? { problem: HallpassError.fromReport(problem) } : {}) }),
      }
    } catch (error) {
      return { refused: isHallpassError(error) ? error.toReport() : unknownRefusal() }
    }
  }
}

function unknownRefusal(): ErrorReport {
  return { code: 'mfa.required', message: 'No MFA code could be asked for.' }
}
