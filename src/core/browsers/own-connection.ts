/**
 * Whose process is at the other end of a loopback connection. Other users of the machine can read this user's command
 * lines, and connect; only Linux tells them apart, in `/proc/net/tcp` (proc(5): addresses in hexadecimal, and the uid).
 */
import { readFileSync } from 'node:fs'

export interface ConnectionPorts {
  /** Ours. */
  readonly local: number
  /** Of the other end. */
  readonly remote: number
}

interface Row {
  readonly local: string
  readonly remote: string
  readonly uid: number
}

/** 127.0.0.1 as the table writes it, bare and inside an IPv6 address. */
const LOOPBACK = ['0100007F', '0000000000000000FFFF00000100007F']

/** @returns null where the system does not tell */
export function isOwnConnection(
  ports: ConnectionPorts,
  uid: number | null = process.getuid?.() ?? null,
  read = readTables,
): boolean | null {
  const rows = read()
  // A table without our own end of the connection knows nothing of the other.
  const isListed = rows.some(({ local, remote }) => endsAt(local, ports.local) && endsAt(remote, ports.remote))
  if (!isListed || uid === null) return null
  const other = rows.find(({ local, remote }) => endsAt(local, ports.remote) && endsAt(remote, ports.local))
  return other?.uid === uid
}

function endsAt(address: string, port: number): boolean {
  const [host = '', hexPort = ''] = address.split(':')
  return LOOPBACK.includes(host) && Number.parseInt(hexPort, 16) === port
}

function readTables(): Row[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => {
    try {
      return parseTable(readFileSync(file, 'utf8'))
    } catch {
      return []
    }
  })
}

/** The rows of a table, the head left out. */
export function parseTable(text: string): Row[] {
  return text.split('\n').flatMap((line) => {
    const [, local, remote, , , , , uid] = line.trim().split(/\s+/)
    return local !== undefined && remote !== undefined && /^\d+$/.test(uid ?? '')
      ? [{ local, remote, uid: Number(uid) }]
      : []
  })
}
