/**
 * Asks the person for an MFA code through the window. Core already sees to it that one prompt serves every caller;
 * this keeps track of the open ones and makes sure that each of them ends.
 */
import { randomUUID } from 'node:crypto'
import type { MfaPrompt, MfaPromptRequest } from '#core/capabilities.ts'
import { HallpassError } from '#shared/errors.ts'
import { broadcast } from './ipc.ts'

export interface MfaBroker {
  readonly prompt: MfaPrompt
  /** `code` null cancels; unknown ids are ignored, the prompt may just have ended. */
  answer(promptId: string, code: string | null): void
  /** Asks all that is open once more, of a page that has not heard of it. */
  askAgain(): void
  /** Cancels whatever is open, such as when the window goes away. */
  cancelAll(): void
}

export interface MfaBrokerParts {
  /** Sees to it that the person notices the question. */
  readonly onAsked: (promptId: string, request: MfaPromptRequest) => void
  readonly onClosed: (promptId: string) => void
}

interface OpenPrompt {
  readonly request: MfaPromptRequest
  readonly settle: (code: string | null) => void
}

export function createMfaBroker({ onAsked, onClosed }: MfaBrokerParts): MfaBroker {
  const open = new Map<string, OpenPrompt>()

  const answer = (promptId: string, code: string | null) => open.get(promptId)?.settle(code)

  function ask(promptId: string, { serial, identity, target, problem }: MfaPromptRequest): void {
    broadcast('mfa.requested', { promptId, serial, identity, target, problem: problem?.toReport() ?? null })
  }

  return {
    prompt: (request) =>
      new Promise((resolve, reject) => {
        const promptId = randomUUID()
        const settle = (code: string | null): void => {
          open.delete(promptId)
          broadcast('mfa.closed', { promptId })
          onClosed(promptId)
          if (code === null)
            reject(new HallpassError('cancelled', `${request.target} was not started: no MFA code was given.`))
          else resolve(code)
        }
        open.set(promptId, { request, settle })
        ask(promptId, request)
        onAsked(promptId, request)
      }),
    answer,
    askAgain: () => {
      for (const [promptId, { request }] of open) ask(promptId, request)
    },
    cancelAll: () => {
      for (const promptId of [...open.keys()]) answer(promptId, null)
    },
  }
}
