/** Turns key presses into commands, unless a dialog or menu is open or the key belongs to what has focus. */
import { useContext, useEffect, useEffectEvent } from 'react'
import { type Command, commandOf } from '../lib/keys.ts'
import { KeyWaysContext } from './key-ways.ts'

const TEXT_FIELDS = 'input, textarea, select, [contenteditable="true"]'
/** These answer Enter, arrows, Home and End themselves. */
const CONTROLS = 'button, a[href], [role="radiogroup"], summary'
const OVERLAYS = '.scrim, .menu, .coming, dialog[open]'
const OWN_KEYS: readonly Command[] = ['start', 'up', 'down', 'first', 'last']

/** @param run returns false when the command does not apply here, so that the key keeps its usual meaning */
export function useCommands(mac: boolean, run: (command: Command) => boolean): void {
  const { singleKeys } = useContext(KeyWaysContext)
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector(OVERLAYS)) return
    const target = event.target instanceof Element ? event.target : null
    const command = commandOf(event, { mac, singleKeys }, target?.closest(TEXT_FIELDS) != null)
    if (command === undefined) return
    if (OWN_KEYS.includes(command) && target?.closest(CONTROLS)) return
    // A held key moves the selection; it must not start or end anything twice.
    if (event.repeat && command !== 'up' && command !== 'down') return
    if (run(command)) event.preventDefault()
  })
  const onRequest = useEffectEvent((command: Command) => {
    if (!document.querySelector(OVERLAYS)) run(command)
  })
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    // The same commands from the application menu and the tray.
    const stop = window.hallpass.on('command.requested', ({ command }) => onRequest(command))
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      stop()
    }
  }, [])
}
