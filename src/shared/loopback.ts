/** Addresses that lead nowhere but to this machine. */

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** @param hostname as in `URL.hostname` */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname)
}
