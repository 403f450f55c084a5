/** The session service of a process that has an agent to ask. */

import type { SessionEngine } from '../sessions/index.ts'
import type { CredentialsOptions } from '../sessions/service.ts'
import type { AgentClient, AgentCredentials } from './client.ts'

/**
 * Credentials come from the agent, or from `engine` where none answers; everything else is in the store they share.
 * @param isOursToTry whether this process may have what the agent lacked, which failed with that error
 */
export function viaAgent(
  agent: AgentClient,
  engine: SessionEngine,
  isOursToTry: (error: unknown) => boolean = () => false,
): SessionEngine {
  return {
    ...engine,
    async credentials(name, options: CredentialsOptions = {}) {
      const { use, ...rest } = options
      // Who asked travels with every request.
      const wire = use ? { ...rest, how: use.how, form: use.form } : rest
      const answer = await agent.credentials(name, wire).catch((error: unknown) => {
        if (isOursToTry(error)) return { alone: true } satisfies AgentCredentials
        throw error
      })
      if ('credentials' in answer) return answer.credentials
      const mfaCode = 'mfaCode' in answer ? answer.mfaCode : undefined
      return engine.credentials(name, mfaCode === undefined ? options : { ...options, mfaCode })
    },
  }
}
