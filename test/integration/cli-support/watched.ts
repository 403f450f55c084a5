/**
 * Runs the built command with a proxy between it and AWS, which notes the calls that change something and, on request,
 * kills the command at one of them. SIGKILL: nothing of it runs any more, no handler and no `finally`.
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { CliRun } from './run.ts'
import type { Scenario } from './scenario.ts'

export interface Kill {
  /** The first call of that action. */
  readonly at: string
  /** Whether the account has not heard of it, or has carried it out without its answer reaching the command. */
  readonly when: 'before' | 'after'
}

/** Runs a command to its end. @returns also which calls it made, without those that only look */
export async function runWatched(
  scenario: Scenario,
  words: readonly string[],
  kill?: Kill,
): Promise<CliRun & { readonly changes: string[] }> {
  const changes: string[] = []
  let child: ChildProcess | undefined
  /** Returns once it is gone, so that nothing it does can come after what follows. */
  async function killCommand(): Promise<void> {
    if (!child) throw new Error('a call came from no command')
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(incoming)
    const action = new URLSearchParams(body.toString()).get('Action') ?? ''
    if (!/^(Get|List)/.test(action)) changes.push(action)
    const isLast = action === kill?.at
    if (isLast && kill?.when === 'before') {
      await killCommand()
      return
    }
    const answer = await forward(scenario.account.endpoint, incoming, body)
    if (isLast) await killCommand()
    else response.writeHead(answer.status, answer.headers).end(answer.body)
  }

  const proxy = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  try {
    const run = await scenario.run(words, {
      env: { AWS_ENDPOINT_URL_STS: endpoint, AWS_ENDPOINT_URL_IAM: endpoint },
      onStart: (started) => {
        child = started
      },
    })
    return { ...run, changes }
  } finally {
    proxy.closeAllConnections()
    proxy.close()
  }
}

/** As it came, headers and all: they are signed. */
async function forward(endpoint: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  const outgoing = request(new URL(url ?? '/', endpoint), { method, headers, agent: false })
  outgoing.end(body)
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await buffer(answer) }
}
