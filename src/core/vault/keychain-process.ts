/**
 * The keychain asked by a process of its own, one for each call. libsecret keeps what it knows of the keyring service for
 * as long as its process lives. Where nothing runs GLib's main loop, as in Node, it never hears that the service has
 * ended, and from then on every call fails, although a new one runs. A new process knows of no old service.
 */
import { dirname, join } from 'node:path'
import { NODE_SWITCHES } from '../node-switches.ts'
import type { KeychainBackend } from './keychain-backend.ts'

/** What the process is told, as one line of JSON on its standard input: secrets are no one's arguments. */
export interface KeychainRequest {
  readonly service: string
  readonly call: keyof KeychainBackend
  readonly account: string
  readonly value?: string
}

/** What it answers, as JSON. `error` is the raw text of the failure. */
export type KeychainAnswer =
  | { readonly value: string | boolean | null; readonly error?: undefined }
  | { readonly error: string }

/**
 * The service that libsecret knows is not there any more. The first is of a call that the service's end cut off, the
 * others of every call after it.
 */
const SERVICE_ENDED = [
  /message recipient disconnected/i,
  /the name :\d+\.\d+ was not provided/i,
  /the session wrapping the secret does not exist/i,
]

/** `here`, until the service that this process knows has ended; `elsewhere` for that call and all later ones. */
export function outliveService(here: KeychainBackend, elsewhere: KeychainBackend): KeychainBackend {
  let hasEnded = false
  const call = async <T>(ask: (backend: KeychainBackend) => Promise<T>): Promise<T> => {
    if (hasEnded) return ask(elsewhere)
    try {
      return await ask(here)
    } catch (error) {
      const text = error instanceof Error ? error.message : ''
      if (!SERVICE_ENDED.some((pattern) => pattern.test(text))) throw error
      hasEnded = true
      return ask(elsewhere)
    }
  }
  return {
    get: (account) => call((backend) => backend.get(account)),
    set: (account, value) => call((backend) => backend.set(account, value)),
    delete: (account) => call((backend) => backend.delete(account)),
  }
}

/** Of the process that is asked. */
export interface KeychainProcess {
  /** The words that start the `hallpass` command, beside which its program is. */
  readonly command: readonly string[]
  /** After this it is ended; whoever waits for it has given up before. Milliseconds. */
  readonly timeoutMs: number
}

/** The keychain as a new process finds it. Its calls throw what keytar throws, with the same texts. */
export function keychainInProcess(made: KeychainProcess, service: string): KeychainBackend {
  const ask = (call: keyof KeychainBackend, account: string, value?: string) =>
    askProcess(made, { service, call, account, ...(value === undefined ? {} : { value }) })
  return {
    get: async (account) => (await ask('get', account)) as string | null,
    set: async (account, value) => {
      await ask('set', account, value)
    },
    delete: async (account) => (await ask('delete', account)) as boolean,
  }
}

async function askProcess(
  { command: [program = '', entry = ''], timeoutMs }: KeychainProcess,
  request: KeychainRequest,
) {
  // Loaded when there is something to ask: the module brings the whole of Node's networking.
  const { spawn } = await import('node:child_process')
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NODE_SWITCHES.includes(name)))
  const child = spawn(program, [join(dirname(entry), 'keychain.cjs')], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  try {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (more: string) => {
      text += more
    })
    child.stdin?.on('error', () => {})
    // It is left open: its end is how the process learns that this one is gone.
    child.stdin?.write(`${JSON.stringify(request)}\n`)
    await ended
    const answer = parseAnswer(text)
    if (answer === undefined)
      throw new Error(`the keychain’s process gave no answer (${child.signalCode ?? child.exitCode})`)
    if (answer.error === undefined) return answer.value
    throw new Error(answer.error)
  } finally {
    clearTimeout(timer)
  }
}

/** What can't be read is not repeated: it may be half of a secret. */
function parseAnswer(text: string): KeychainAnswer | undefined {
  try {
    return JSON.parse(text) as KeychainAnswer
  } catch {
    return undefined
  }
}
