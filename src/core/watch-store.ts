/** Notices commits of other processes, and AWS files overwritten by other programs, while anybody listens. */
import { EventEmitter } from 'node:events'

/** How often another process's changes are looked for, in milliseconds. */
const CHANGE_POLL_MS = 500

export interface StoreWatch {
  /** Calls back after a change. @returns a function that stops it */
  listen(listener: () => void): () => void
  stop(): void
}

/** @param version differs after each commit of another process. @param lookAtFiles never fails */
export function watchStore(version: () => number, lookAtFiles: () => Promise<void>): StoreWatch {
  const emitter = new EventEmitter()
  let last: number | undefined
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    let current: number
    try {
      current = version()
    } catch {
      // A store that can't be read now says so to whoever asks it for something.
      return
    }
    if (last !== undefined && current !== last) emitter.emit('change')
    last = current
  }

  return {
    listen(listener) {
      emitter.on('change', listener)
      timer ??= setInterval(() => {
        look()
        void lookAtFiles()
      }, CHANGE_POLL_MS).unref()
      look()
      return () => emitter.off('change', listener)
    },
    stop() {
      clearInterval(timer)
      emitter.removeAllListeners()
    },
  }
}
