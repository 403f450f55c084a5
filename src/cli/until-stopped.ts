/** Work that a signal ends in an orderly way. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Aborts `work` when the process is told to end; it says itself how it ended. */
export async function untilStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  for (const name of SIGNALS) process.on(name, onSignal)
  try {
    return await work(stop.signal)
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal)
  }
}
