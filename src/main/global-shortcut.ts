/** The keys that open the palette from any program. */
import { globalShortcut } from 'electron'
import { HallpassError } from '#shared/errors.ts'
import type { ShortcutState } from '#shared/ipc.ts'

export interface GlobalShortcut {
  /** @param accelerator Electron's; null for none */
  apply(accelerator: string | null): void
  state(): ShortcutState
  /** The accelerator that is in force. */
  inForce(): string | null
  release(): void
}

/** @param open is called each time the keys are pressed */
export function createGlobalShortcut(open: () => void): GlobalShortcut {
  let current: string | null = null
  let problem: HallpassError | null = null

  function release(): void {
    if (current !== null) globalShortcut.unregister(current)
    current = null
  }

  return {
    apply(accelerator) {
      release()
      problem = accelerator === null ? null : register(accelerator, open)
      if (problem === null) current = accelerator
    },
    state: () => ({ registered: current !== null, problem: problem?.toReport() ?? null }),
    inForce: () => current,
    release,
  }
}

function register(accelerator: string, open: () => void): HallpassError | null {
  try {
    if (globalShortcut.register(accelerator, open)) return null
  } catch (cause) {
    return new HallpassError('shortcut.invalid', `${accelerator} is no key combination.`, {
      hint: 'Choose one of Ctrl, Alt, Shift or Command together with a letter, digit or function key.',
      cause,
    })
  }
  return new HallpassError('shortcut.taken', `Another program or the system already uses ${accelerator}.`, {
    hint: 'Choose another combination, or free it there and set it here again.',
  })
}
