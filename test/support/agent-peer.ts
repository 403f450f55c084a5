/** A client of the agent that says what a test wants, and proves what it should with Node's own cryptography. */
import { createHmac } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** 22 characters, as every nonce. */
export const NONCE = 'test-test-test-test-22'

export interface Greeting {
  readonly nonce: string
  readonly proof: string
}

/** What the side that knows the token shows, as docs/decisions/0021 has it. */
export function provenBy(token: string, side: 'agent' | 'client', ...nonces: readonly string[]): string {
  return createHmac('sha256', token)
    .update([side, ...nonces].join(' '))
    .digest('base64url')
}

/**
 * Opens a connection, and says what `next` makes of the agent's greeting.
 * @returns the socket, what the agent has said by now, and the end of the conversation
 */
export function talkTo(path: string, opening: unknown, next: (greeting: Greeting) => readonly unknown[]) {
  const socket = connect(path)
  let received = ''
  let isGreeted = false
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    received += chunk.toString()
    if (isGreeted || !received.includes('\n')) return
    isGreeted = true
    const greeting = JSON.parse(received.slice(0, received.indexOf('\n'))) as Greeting
    for (const line of next(greeting)) socket.write(`${JSON.stringify(line)}\n`)
  })
  socket.write(`${JSON.stringify(opening)}\n`)
  return { socket, received: () => received, ended: closed(socket) }
}

/** A reset by the other side closes it as well; `once` would take that for a failure. */
export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}
