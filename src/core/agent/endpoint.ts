/**
 * How a client finds the agent and both know each other: one file that only this user can read, in a folder only this
 * user can enter. It names the socket, and holds a token that is made anew with each agent, and that both prove to know
 * (see challenge.ts); so neither can be played by somebody who merely waits at the socket's name.
 *
 * Imports Node alone, so that the fast path of `credential-process` can load it.
 */
import { lstatSync, readFileSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { type AgentKind, PROTOCOL } from './protocol.ts'

export interface Endpoint {
  readonly protocol: number
  /** Of the product. */
  readonly version: string
  readonly kind: AgentKind
  readonly pid: number
  /** Path of the Unix socket, or name of the pipe on Windows. */
  readonly socket: string
  readonly token: string
}

/** The agent's folder below the state folder `home`. */
export function agentFolder(home: string): string {
  return join(home, 'agent')
}

export function endpointFile(home: string): string {
  return join(agentFolder(home), 'endpoint.json')
}

/** Whether it is this user's and nobody else can do anything with it. Windows guards the profile folder by itself. */
export function isPrivate(stat: Stats): boolean {
  if (process.platform === 'win32') return true
  return stat.uid === process.getuid?.() && (stat.mode & 0o077) === 0
}

/** The endpoint of the agent that serves `home`; `undefined` when there is none, or none that can be trusted. */
export function readEndpoint(home: string): Endpoint | undefined {
  try {
    const folder = lstatSync(agentFolder(home))
    const file = lstatSync(endpointFile(home))
    if (!folder.isDirectory() || !isPrivate(folder) || !file.isFile() || !isPrivate(file)) return undefined
    const endpoint = JSON.parse(readFileSync(endpointFile(home), 'utf8')) as Endpoint
    const texts = [endpoint.version, endpoint.socket, endpoint.token]
    return texts.every((text) => typeof text === 'string' && text !== '') ? endpoint : undefined
  } catch {
    return undefined
  }
}

/** Whether the agent and this process are one version of Hallpass. */
export function isOfVersion(endpoint: Endpoint, version: string): boolean {
  return endpoint.protocol === PROTOCOL && endpoint.version === version
}

/** Whether the agent is of an earlier version than this process. */
export function isOlder(endpoint: Endpoint, version: string): boolean {
  if (endpoint.protocol !== PROTOCOL) return endpoint.protocol < PROTOCOL
  return endpoint.version.localeCompare(version, 'en', { numeric: true }) < 0
}
