/**
 * Asks the person for an MFA code through the window. Core already sees to it that one prompt serves every caller;
 * this keeps track of the open ones and makes sure that each of them ends.
 */
import { randomUUID } from 'node:crypto'
import type { MfaPrompt } from '#core/capabilities.ts'
import { HallpassError } from '#shared/errors.ts'
import { broadcast } from './ipc.ts'

export interface MfaBroker {
  readonly prompt: MfaPrompt
  /** `code` null cancels; unknown ids are ignored, the prompt may just have ended. */
  answer(promptId: string, code: string | null): void
  /** Cancels whatever is open, such as when the window goes away. */
  cancelAll(): void
}

/** `showWindow` brings the window up, so that the prompt is seen. */
export function createMfaBroker(showWindow: () => void): MfaBroker {
  const open = new Map<string, (code: string | null) => void>()

  const answer = (promptId: string, code: string | null) => open.get(promptId)?.(code)

  return {
    prompt: ({ serial, identity, target, problem }) =>
      new Promise((resolve, reject) => {
        const promptId = randomUUID()
        open.set(promptId, (code) => {
          open.delete(promptId)
          broadcast('mfa.closed', { promptId })
          if (code === null) reject(new HallpassError('cancelled', `${target} was not started: no MFA code was given.`))
          else resolve(code)
        })
        showWindow()
        broadcast('mfa.requested', { promptId, serial, identity, target, problem: problem?.toReport() ?? null })
      }),
    answer,
    cancelAll: () => {
      for (const promptId of [...open.keys()]) answer(promptId, null)
    },
  }
}
