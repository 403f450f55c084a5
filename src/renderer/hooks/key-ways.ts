/** How keys are pressed and shown here: the platform's names, and whether single letters act. */
import { createContext, useContext } from 'react'
import { COMMANDS, type Command, type KeyWays, keyLabels } from '../lib/keys.ts'

export const KeyWaysContext = createContext<KeyWays>({ mac: false, singleKeys: true })

/** A key that a button shows: a command's, or one that belongs to its dialog alone. */
export type Shortcut = Command | '⏎' | 'Esc' | 'Y'

/** How a key is shown; undefined when it is turned off. */
export function useShortcut(shortcut: Shortcut | undefined): string | undefined {
  const ways = useContext(KeyWaysContext)
  if (shortcut === undefined) return undefined
  return isCommand(shortcut) ? keyLabels(shortcut, ways)[0] : shortcut
}

function isCommand(shortcut: Shortcut): shortcut is Command {
  return (COMMANDS as readonly string[]).includes(shortcut)
}
