/**
 * The name that Leapp's file is encrypted under: what the npm package node-machine-id makes of the system's own id,
 * the SHA-256 of it in hex.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where Linux keeps it; the first that is there counts, and the name of the computer where none is. */
const LINUX_FILES = ['/var/lib/dbus/machine-id', '/etc/machine-id']

/** @returns undefined where the system does not tell */
export async function machineId(platform: NodeJS.Platform = process.platform): Promise<string | undefined> {
  try {
    const id = await systemId(platform)
    return id === undefined || id === '' ? undefined : hashMachineId(id)
  } catch {
    return undefined
  }
}

/** @param id as the system has it, in lower case and without blanks */
export function hashMachineId(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}

async function systemId(platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform === 'linux') return tidy(firstLine(LINUX_FILES) ?? hostname())
  if (platform === 'darwin') {
    const { stdout } = await run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], { timeout: 10_000 })
    return tidy(/"IOPlatformUUID"\s*=\s*"([^"]+)"/.exec(stdout)?.[1] ?? '')
  }
  if (platform === 'win32') {
    const reg = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'reg.exe')
    const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography'
    const { stdout } = await run(reg, ['QUERY', key, '/v', 'MachineGuid'], { timeout: 10_000, windowsHide: true })
    return tidy(/REG_SZ\s+(\S+)/.exec(stdout)?.[1] ?? '')
  }
  return undefined
}

const tidy = (text: string) => text.replaceAll(/\s+/g, '').toLowerCase()

function firstLine(files: readonly string[]): string | undefined {
  for (const file of files) {
    try {
      return readFileSync(file, 'utf8').split('\n')[0]
    } catch {
      // Not on this system.
    }
  }
  return undefined
}
