/**
 * Keeps this process's memory, and the secrets in it, out of core dumps where the system lets a process say so: Linux,
 * by the filter of what a dump contains (core(5)). Unlike a size limit of 0 it also holds where dumps go to a program,
 * such as systemd-coredump. Node can set neither limits nor the "dumpable" flag.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const FILTER = '/proc/self/coredump_filter'
/** Of no kind of memory. */
const NOTHING = '0'

let found: string | undefined

/** From here on; child processes inherit it. Does nothing where there is no such filter. */
export function keepOutOfCoreDumps(platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'linux') return
  try {
    found ??= readFileSync(FILTER, 'utf8').trim()
    writeFileSync(FILTER, NOTHING)
  } catch {
    // A hardened /proc: what the system dumps is then up to the system.
  }
}

/**
 * Runs `work`, which starts somebody else's program, with the filter as it was: its dumps are its own business. For that
 * moment this process has it too.
 */
export function withDumpsAsBefore<T>(work: () => T): T {
  if (found === undefined) return work()
  const before = found
  try {
    // Read as hexadecimal, written in any base that says so.
    writeFileSync(FILTER, `0x${before}`)
    return work()
  } finally {
    keepOutOfCoreDumps()
  }
}
