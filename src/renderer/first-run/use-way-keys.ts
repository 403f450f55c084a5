/** Keys of the first screen: a figure or Enter begins, arrows move. */
import { useEffect, useEffectEvent } from 'react'

export function useWayKeys(props: {
  count: number
  current: number
  onMove: (index: number) => void
  onBegin: (index: number) => void
}): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('.scrim, .menu')) return
    const onButton = event.target instanceof Element && event.target.closest('button') !== null
    const figure = Number(event.key)
    if (figure >= 1 && figure <= props.count) props.onBegin(figure - 1)
    else if (event.key === 'Enter' && !onButton) props.onBegin(props.current)
    else if (event.key === 'ArrowDown') props.onMove(Math.min(props.count - 1, props.current + 1))
    else if (event.key === 'ArrowUp') props.onMove(Math.max(0, props.current - 1))
    else return
    event.preventDefault()
  })
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
