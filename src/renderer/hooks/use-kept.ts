/** State that outlasts its component, for as long as the page lives: what is to be the same again after a lock. */
import { useState } from 'react'

const kept = new Map<string, unknown>()

/** Like `useState`, for one component at a time. @param name of the state, unique in the app */
export function useKept<Value>(name: string, initial: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => (kept.has(name) ? (kept.get(name) as Value) : initial))
  const set = (next: Value): void => {
    kept.set(name, next)
    setValue(() => next)
  }
  return [value, set]
}
