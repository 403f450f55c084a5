/** A program that stands in for a browser: it notes what it was started with, and fetches what a browser would. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export type BrowserDeed = 'fetch' | 'stay' | 'sleep' | 'fail'

export interface BrowserStart {
  readonly pid: number
  readonly words: string[]
  /** The AWS variables it saw, and the passphrase's. */
  readonly aws: string[]
  /** Where the address sent it. */
  readonly location: string | null
}

export interface FakeBrowser {
  /** To be the PATH. */
  readonly folder: string
  /** Each start so far. */
  starts(): BrowserStart[]
  /** Waits for that many: whoever starts it goes on once it has its link, and it may note that later. */
  started(count: number): Promise<BrowserStart[]>
}

/** A limit, not a wait. Milliseconds. */
const LONGEST = 10_000

/** @param deed `fetch` follows loopback addresses, `stay` too and goes on running, `sleep` fetches nothing, `fail` ends with 3 */
export function makeFakeBrowser(folder: string, command: string, deed: BrowserDeed = 'fetch'): FakeBrowser {
  mkdirSync(folder, { recursive: true })
  const log = join(folder, `${command}.log`)
  const script = `#!${process.execPath}
const { appendFileSync } = require('node:fs')
const words = process.argv.slice(2)
const given = words.at(-1) ?? ''
const address = given.startsWith('ext+container:') ? new URLSearchParams(given.slice(14)).get('url') : given
const aws = Object.keys(process.env).filter((name) => name.startsWith('AWS_') || name === 'HALLPASS_PASSPHRASE')
const note = (location) => appendFileSync(${JSON.stringify(log)}, JSON.stringify({ pid: process.pid, words, aws, location }) + '\\n')
if (${JSON.stringify(deed)} === 'fail') process.exit(3)
if (${JSON.stringify(deed)} === 'stay') setTimeout(() => {}, 60_000)
if (${deed === 'fetch' || deed === 'stay'} && address.startsWith('http://127.0.0.1:'))
  fetch(address, { redirect: 'manual' }).then((answer) => note(answer.headers.get('location')))
else note(null)
`
  writeFileSync(join(folder, command), script, { mode: 0o755 })
  // What comes after the last line feed is still being written.
  const starts = (): BrowserStart[] =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line))
      : []
  return {
    folder,
    starts,
    async started(count) {
      const until = Date.now() + LONGEST
      while (starts().length < count && Date.now() < until) await delay(20)
      return starts()
    },
  }
}
