/** The rows of a query, kept up to date while the screen is open. */
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import type { ActivityQuery } from '#shared/activity-view.ts'
import { call } from '../bridge.ts'
import { createLogReader, type LogSnapshot } from '../lib/log-reader.ts'

export interface Log extends LogSnapshot {
  /** Wanted when the list comes to its end. */
  readonly older: () => void
  /** After a failure. */
  readonly again: () => void
}

export function useLog(query: ActivityQuery): Log {
  const [reader] = useState(() => createLogReader((request) => call('activity.page', request)))
  const state = useSyncExternalStore(reader.subscribe, reader.snapshot)
  const key = JSON.stringify(query)
  const ask = useEffectEvent(() => reader.ask(query))
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the query says something else
  useEffect(() => ask(), [key])
  useEffect(() => {
    const stop = window.hallpass.on('state.changed', reader.newer)
    // What a command recorded without the app's help is seen when the person comes back.
    window.addEventListener('focus', reader.newer)
    return () => {
      stop()
      window.removeEventListener('focus', reader.newer)
    }
  }, [reader])
  return { ...state, older: reader.older, again: () => reader.ask(query) }
}
