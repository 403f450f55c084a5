/**
 * The MFA codes main waits for, oldest first. Asking again for the same prompt replaces what was asked before. A code
 * that comes by itself, a little later, is only said.
 */
import { useEffect, useState } from 'react'
import type { IpcEventPayload } from '#shared/ipc.ts'
import { showToast } from '../components/toast.tsx'
import { deviceName } from '../lib/format.ts'
import { strings } from '../strings.ts'
import { removePrompt } from './prompts.ts'

export type MfaPrompt = IpcEventPayload<'mfa.requested'>

export function useMfaPrompts(): MfaPrompt | null {
  const [prompts, setPrompts] = useState<readonly MfaPrompt[]>([])
  useEffect(() => {
    const stops = [
      window.hallpass.on('mfa.requested', (prompt) => setPrompts((waiting) => [...waiting, prompt])),
      window.hallpass.on('mfa.closed', ({ promptId }) => setPrompts((waiting) => removePrompt(waiting, promptId))),
      window.hallpass.on('mfa.waiting', ({ serial, target, seconds }) =>
        showToast(strings.mfa.waiting(deviceName(serial), target, seconds)),
      ),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  return prompts[0] ?? null
}
