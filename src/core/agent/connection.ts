/**
 * The agent's side of one connection: one request, and the answers of a person to the questions it raises. A peer is
 * told nothing but the agent's proof before it has shown its own, and hung up on at the first line that is not of the
 * protocol.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { type ErrorReport, HallpassError, isHallpassError } from '#shared/errors.ts'
import type { Log, MfaPromptRequest } from '../capabilities.ts'
import { agentText, clientText, isSameProof, NONCE_BYTES } from './challenge.ts'
import { LineReader } from './lines.ts'
import { answerSchema, demandSchema, openingSchema, proofSchema, stopSchema } from './messages.ts'
import type { Asker } from './prompt-broker.ts'
import {
  type AgentLine,
  type AgentRequest,
  ALIVE_MS,
  type CallerProcess,
  type Greeting,
  LONGEST_REQUEST,
  PROTOCOL,
} from './protocol.ts'

/** How long a peer may take to say who it is and what it wants. Milliseconds. */
const OPENING_MS = 5000
/** How long a person may take to type a code before somebody else is asked. Milliseconds. */
const QUESTION_MS = 5 * 60_000

export interface ConnectionParts {
  readonly token: string
  /** Of clients that may be served; see `contextsServed`. */
  readonly contexts: readonly string[]
  readonly log: Log
  /** Told of every peer without the proof. */
  readonly turnedAway: () => void
  /** Does what is asked. @returns the reply @throws HallpassError */
  readonly perform: (request: AgentRequest, asker: Asker) => Promise<unknown>
  /** Milliseconds for the opening; for tests. */
  readonly openingMs?: number | undefined
}

interface Question {
  settle(line: string): void
  fail(error: Error): void
}

/** Serves one connection until it ends. */
export class Connection {
  readonly #socket: Socket
  readonly #parts: ConnectionParts
  readonly #lines = new LineReader(LONGEST_REQUEST)
  #state: 'opening' | 'greeted' | 'working' | 'over' = 'opening'
  /** Of the peer, as far as it has said. */
  #protocol = 0
  /** What the peer has to show. */
  #expected = ''
  #timer: NodeJS.Timeout
  #question: Question | undefined

  constructor(socket: Socket, parts: ConnectionParts) {
    this.#socket = socket
    this.#parts = parts
    this.#timer = setTimeout(() => this.hangUp(), parts.openingMs ?? OPENING_MS)
    socket.on('data', (chunk) => this.#receive(chunk))
    socket.on('error', () => this.hangUp())
    socket.on('close', () => this.hangUp())
    // A client that only stops writing is gone as well: it has to be there for the reply.
    socket.on('end', () => this.hangUp())
  }

  /** Whether a known client waits for its reply. */
  get isWorking(): boolean {
    return this.#state === 'working'
  }

  hangUp(): void {
    this.#state = 'over'
    clearTimeout(this.#timer)
    this.#question?.fail(new Error('the client is gone'))
    this.#socket.destroy()
  }

  #receive(chunk: Buffer): void {
    try {
      for (const line of this.#lines.push(chunk)) this.#take(line)
    } catch {
      // Not a line of this protocol, or none that is due.
      this.hangUp()
    }
  }

  #take(line: string): void {
    if (this.#state === 'opening') this.#open(JSON.parse(line))
    else if (this.#state === 'greeted') this.#hear(JSON.parse(line))
    else if (this.#question) this.#question.settle(line)
    else throw new Error('nothing was asked')
  }

  #open(message: unknown): void {
    const { protocol, nonce } = openingSchema.parse(message)
    const own = randomBytes(NONCE_BYTES).toString('base64url')
    this.#protocol = protocol
    this.#expected = this.#prove(clientText(nonce, own))
    this.#state = 'greeted'
    this.#send({ nonce: own, proof: this.#prove(agentText(nonce)) })
  }

  #prove(text: string): string {
    return createHmac('sha256', this.#parts.token).update(text).digest('base64url')
  }

  #hear(message: unknown): void {
    const { contexts, turnedAway } = this.#parts
    if (!isSameProof(proofSchema.safeParse(message).data?.proof, this.#expected)) {
      turnedAway()
      this.hangUp()
      return
    }
    const demand = demandSchema.safeParse(message).data
    const isOurs = this.#protocol === PROTOCOL
    if (stopSchema.safeParse(message).success) this.#work({ op: 'stop' }, demand?.caller)
    else if (demand && ((isOurs && contexts.includes(demand.context)) || demand.request.op === 'status'))
      this.#work(demand.request, demand.caller)
    else if (isOurs && !demand) this.hangUp()
    else this.#end({ elsewhere: true })
  }

  #work(request: AgentRequest, caller: CallerProcess | undefined): void {
    const name = 'name' in request ? request.name : ''
    this.#state = 'working'
    clearTimeout(this.#timer)
    this.#timer = setInterval(() => this.#send({ alive: true }), ALIVE_MS)
    const waits = () => this.#send({ waiting: true })
    const asker: Asker = { name, caller, ask: (question) => this.#ask(question), waits }
    this.#parts.perform(request, asker).then(
      (reply) => this.#end({ reply }),
      (error: unknown) => this.#end({ error: this.#report(error) }),
    )
  }

  #report(error: unknown): ErrorReport {
    if (isHallpassError(error)) return error.toReport()
    this.#parts.log.error('agent: a request failed unexpectedly', { error })
    return new HallpassError('internal', 'Something unexpected went wrong in the agent.', {
      hint: 'Look into the log of the agent, and report it with the steps that led here.',
    }).toReport()
  }

  #ask({ serial, identity, target, problem }: MfaPromptRequest): Promise<string> {
    if (this.#state !== 'working') return Promise.reject(new Error('the client is gone'))
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.hangUp(), QUESTION_MS)
      const close = () => {
        clearTimeout(timer)
        this.#question = undefined
      }
      this.#question = {
        settle: (line) => {
          const answer = answerSchema.parse(JSON.parse(line))
          close()
          if ('code' in answer) resolve(answer.code)
          else reject(HallpassError.fromReport(answer.refused))
        },
        fail: (error) => {
          close()
          reject(error)
        },
      }
      this.#send({ ask: { serial, identity, target, ...(problem ? { problem: problem.toReport() } : {}) } })
    })
  }

  #send(line: Greeting | AgentLine): void {
    if (this.#state === 'greeted' || this.#state === 'working') this.#socket.write(`${JSON.stringify(line)}\n`)
  }

  #end(line: AgentLine): void {
    if (this.#state !== 'greeted' && this.#state !== 'working') return
    this.#state = 'over'
    clearTimeout(this.#timer)
    this.#socket.end(`${JSON.stringify(line)}\n`)
    // A peer that never reads its reply is not waited for.
    this.#timer = setTimeout(() => this.hangUp(), this.#parts.openingMs ?? OPENING_MS).unref()
  }
}
