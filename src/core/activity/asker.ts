/**
 * Which process asked: this one, and those that started it, as far as the system tells. Arguments are never looked at,
 * but for the script that an interpreter runs: they may hold secrets.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'
import type { ActivityAsker, ActivityProcess } from '#shared/activity.ts'

/** A shell says little about who asked, so its parent is told too; but not without end. */
const MOST_PARENTS = 3
const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'fish', 'ash', 'ksh', 'tcsh', 'csh'])
/** Names under which interpreters run other programs; Node calls its main thread so. */
const INTERPRETERS = /^(?:python[\d.]*|node|nodejs|MainThread|node-MainThread|ruby[\d.]*|perl[\d.]*|deno|bun)$/
const PS_MS = 2_000

const askers = new AsyncLocalStorage<ActivityAsker>()
let own: ActivityAsker | undefined

/** Runs `work` on behalf of another process: what it records names that one. */
export function onBehalfOf<T>(asker: ActivityAsker | undefined, work: () => T): T {
  return asker ? askers.run(asker, work) : work()
}

/** The process on whose behalf this runs, or else this one, looked at once. */
export function currentAsker(program: string): ActivityAsker {
  const asked = askers.getStore()
  if (asked) return asked
  own ??= describeAsker(program)
  return own
}

/** A process as it tells of itself. */
export interface Asking {
  readonly pid: number
  readonly parentPid: number
  /** Absolute; null when it is not known. */
  readonly folder: string | null
}

/** @param program what this process is called: `hallpass`, or the app's name */
export function describeAsker(program: string, platform: NodeJS.Platform = process.platform): ActivityAsker {
  const { pid, ppid, execPath } = process
  return askerOf(program, { pid, parentPid: ppid, folder: workingFolder() }, execPath, platform)
}

/**
 * Another process of this machine that asks through this one, as long as it is there.
 * @param path of its binary
 */
export function askerOf(
  program: string,
  { pid, parentPid, folder }: Asking,
  path: string | null,
  platform: NodeJS.Platform = process.platform,
): ActivityAsker {
  const parents: ActivityProcess[] = []
  for (let next = parentPid; next > 1 && parents.length < MOST_PARENTS; ) {
    const found = lookAt(next, platform)
    parents.push(found.process)
    if (found.process.name === null || !SHELLS.has(found.process.name)) break
    next = found.parent
  }
  return { process: { pid, name: program, path, folder }, parents }
}

interface Found {
  readonly process: ActivityProcess
  /** 0 when it is not known. */
  readonly parent: number
}

function lookAt(pid: number, platform: NodeJS.Platform): Found {
  if (platform === 'linux') return lookInProc(pid)
  if (platform === 'darwin') return lookWithPs(pid)
  // Windows tells the number at once, and everything else only to slow tools.
  return { process: { pid, name: null, path: null, folder: null }, parent: 0 }
}

function lookInProc(pid: number): Found {
  const read = <T>(work: () => T): T | null => {
    try {
      return work()
    } catch {
      return null
    }
  }
  const folder = `/proc/${pid}`
  // `pid (name) state parent …`: the name may hold blanks and brackets itself.
  const stat = read(() => readFileSync(`${folder}/stat`, 'utf8')) ?? ''
  const end = stat.lastIndexOf(')')
  const path = read(() => readlinkSync(`${folder}/exe`).replace(/ \(deleted\)$/, ''))
  const thread = end < 0 ? null : stat.slice(stat.indexOf('(') + 1, end)
  const script =
    thread !== null && INTERPRETERS.test(thread)
      ? read(() => scriptOf(readFileSync(`${folder}/cmdline`, 'utf8')))
      : null
  const name = script ?? (thread !== null && !thread.endsWith('MainThread') ? thread : path && basename(path))
  return {
    process: { pid, name, path, folder: read(() => readlinkSync(`${folder}/cwd`)) },
    parent:
      Number(
        stat
          .slice(end + 1)
          .trim()
          .split(' ')[1] ?? 0,
      ) || 0,
  }
}

/** The script an interpreter was given as its first argument. Anything after an option may be code, or a secret. */
function scriptOf(commandLine: string): string | null {
  const first = commandLine.split('\0')[1] ?? ''
  return first === '' || first.startsWith('-') ? null : basename(first)
}

function lookWithPs(pid: number): Found {
  try {
    const words = ['-o', 'ppid=,comm=', '-p', String(pid)]
    // Loaded here alone: a process that hands out credentials has no millisecond to lose elsewhere.
    const { execFileSync } = process.getBuiltinModule('node:child_process')
    const line = execFileSync('/bin/ps', words, {
      encoding: 'utf8',
      timeout: PS_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [, parent = '0', command = ''] = /^\s*(\d+)\s+(.*\S)\s*$/.exec(line) ?? []
    // A login shell calls itself `-zsh`.
    const name = basename(command).replace(/^-/, '') || null
    return {
      process: { pid, name, path: command.startsWith('/') ? command : null, folder: null },
      parent: Number(parent),
    }
  } catch {
    return { process: { pid, name: null, path: null, folder: null }, parent: 0 }
  }
}

function workingFolder(): string | null {
  try {
    return process.cwd()
  } catch {
    // It was removed under this process.
    return null
  }
}
