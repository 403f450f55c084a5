/** Whether the app is locked, and the key that locks it. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../bridge.ts'
import { clearToasts } from '../components/toast.tsx'
import { commandOf } from '../lib/keys.ts'
import { lockNow } from './lock-now.ts'

/** `undefined` until main has said it. What was known goes when it is locked: the page keeps no names meanwhile. */
export function useLocked(): boolean | undefined {
  const client = useQueryClient()
  const [locked, setLocked] = useState<boolean>()
  useEffect(() => {
    let known: boolean | undefined
    function learn(now: boolean): void {
      // Before the lock screen is drawn: what that asks is not to go with it.
      if (now && known === false) {
        clearToasts()
        client.clear()
      }
      known = now
      setLocked(now)
    }
    void call('lock.state', undefined).then(
      (state) => known === undefined && learn(state.locked),
      // Main itself answers a locked window nothing, whatever this page shows.
      () => known === undefined && learn(false),
    )
    return window.hallpass.on('lock.changed', (event) => learn(event.locked))
  }, [client])
  return locked
}

/** Ctrl L, whatever has the focus and whatever is open. */
export function useLockKey(mac: boolean): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.repeat || commandOf(event, { mac, singleKeys: true }, true) !== 'lock') return
      event.preventDefault()
      event.stopPropagation()
      void lockNow()
    }
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [mac])
}
