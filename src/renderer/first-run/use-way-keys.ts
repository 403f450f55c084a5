/** Keys of the first screen: a figure or Enter begins, arrows move. Ways that can't be gone are passed over. */
import { useEffect, useEffectEvent } from 'react'

export function useWayKeys(props: {
  /** Whether each way can be gone, in order. */
  open: readonly boolean[]
  current: number
  onMove: (index: number) => void
  onBegin: (index: number) => void
}): void {
  const { open, current } = props
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('.scrim, .menu')) return
    const onButton = event.target instanceof Element && event.target.closest('button') !== null
    const figure = Number(event.key)
    if (open[figure - 1]) props.onBegin(figure - 1)
    else if (event.key === 'Enter' && !onButton) props.onBegin(current)
    else if (event.key === 'ArrowDown') move(open.findIndex((isOpen, index) => isOpen && index > current))
    else if (event.key === 'ArrowUp') move(open.findLastIndex((isOpen, index) => isOpen && index < current))
    else return
    event.preventDefault()
  })
  const move = (index: number): void => {
    if (index >= 0) props.onMove(index)
  }
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
