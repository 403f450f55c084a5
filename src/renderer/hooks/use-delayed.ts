/** Keeps a fast answer from flashing a placeholder. */
import { useEffect, useState } from 'react'

/** True once `active` has been true for `milliseconds` without a break. */
export function useDelayed(active: boolean, milliseconds = 300): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!active) return
    const timer = setTimeout(() => setLate(true), milliseconds)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [active, milliseconds])
  return active && late
}
