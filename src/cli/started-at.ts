/**
 * When this process came to be, in milliseconds since the epoch by this computer's clock. `performance.timeOrigin` says the
 * same, but naming `performance` loads a module that takes two milliseconds.
 */
export function startedAt(): number {
  return Date.now() - process.uptime() * 1000
}
