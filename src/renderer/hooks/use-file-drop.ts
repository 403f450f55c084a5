/** Files dropped on the window. Everything but the one file is ignored, and no drop ever navigates. */
import { useEffect, useEffectEvent, useState } from 'react'

/**
 * @param onPath gets the path of a dropped file
 * @returns true while a file hangs over the window
 */
export function useFileDrop(onPath: (path: string) => void): boolean {
  const [over, setOver] = useState(false)
  const onDrop = useEffectEvent((event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer?.files[0]
    if (file !== undefined) onPath(window.hallpass.pathForFile(file))
  })
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => {
      event.preventDefault()
      setOver(event.dataTransfer?.types.includes('Files') ?? false)
    }
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  return over
}
