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

/** Makes a user with a key. moto takes any signature, so this needs no SDK: only the account in the scope counts. */
export async function createUser(endpoint: string, name: string) {
  const ask = async (body: Record<string, string>) => {
    const headers = {
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0',
      host: 'iam.amazonaws.com',
    }
    const reply = await fetch(endpoint, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ Version: '2010-05-08', ...body }),
    })
    return reply.text()
  }
  await ask({ Action: 'CreateUser', UserName: name })
  const answer = await ask({ Action: 'CreateAccessKey', UserName: name })
  const read = (tag: string) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(answer)?.[1] ?? ''
  return { accessKeyId: read('AccessKeyId'), secretAccessKey: read('SecretAccessKey') }
}
