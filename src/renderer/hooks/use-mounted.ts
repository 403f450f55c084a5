/** For work that outlasts what began it. */
import { useEffect, useRef } from 'react'

/** @returns whether the component is still there */
export function useMounted(): () => boolean {
  const mounted = useRef(false)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  return () => mounted.current
}
