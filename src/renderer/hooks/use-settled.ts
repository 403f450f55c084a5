/** Keeps every keystroke from asking main. */
import { useEffect, useState } from 'react'

/** The value once it has not changed for `milliseconds`. */
export function useSettled<T>(value: T, milliseconds = 150): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
