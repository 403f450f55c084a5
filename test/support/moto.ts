/** Runs moto_server, an AWS look-alike for happy paths, on a free loopback port. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Moto {
  readonly endpoint: string
  stop(): Promise<void>
}

/** Why moto tests can't run here, or undefined when they must. */
export const motoMissing = (process.env.PATH ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'moto_server')))
  ? undefined
  : 'moto_server is not on PATH'

const START_TIMEOUT = 30_000

/** Starts one and waits until it answers. */
export async function startMoto(): Promise<Moto> {
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true', PYTHONUNBUFFERED: '1' },
  })
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const endpoint = await new Promise<string>((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => finish(`moto_server did not start in time: ${output}`), START_TIMEOUT)
    const finish = (failure: string) => {
      clearTimeout(timer)
      server.kill()
      reject(new Error(failure))
    }
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    }
    server.stdout.on('data', read)
    server.stderr.on('data', read)
    server.once('error', (error) => finish(`moto_server does not run: ${error.message}`))
    server.once('exit', (code) => finish(`moto_server ended with ${code}: ${output}`))
  })
  // The address is printed once the socket listens, so the first request waits at most in its queue.
  const ready = await fetch(`${endpoint}/moto-api/data.json`)
  if (!ready.ok) throw new Error(`moto_server answered HTTP ${ready.status}`)
  return {
    endpoint,
    stop: () => {
      server.kill()
      return closed
    },
  }
}
