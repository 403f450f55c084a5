/**
 * The client's side of one request. It never fails for want of an agent: it says that there is none, and the caller
 * works alone. Imports Node alone, so that the fast path of `credential-process` can load it; what the agent says is
 * trusted once it has shown its proof, and checked where it is used.
 */
import type { ErrorReport } from '#shared/errors.ts'
import type { Endpoint } from './endpoint.ts'
import { LineReader } from './lines.ts'
import {
  type AgentLine,
  type AgentRequest,
  type Answer,
  type CallerProcess,
  type Demand,
  LONGEST_FOLDER,
  LONGEST_REPLY,
  type Opening,
  PROTOCOL,
  type Question,
  SILENCE_MS,
} from './protocol.ts'

/** What came of a request. `alone`: nobody answered for good, or from elsewhere; with the code a person had given. */
export type Outcome =
  | { readonly reply: unknown }
  | { readonly error: ErrorReport }
  | { readonly alone: true; readonly mfaCode?: string }

export interface ConversationOptions {
  readonly endpoint: Endpoint
  /** Of the client; see `contextOf`. */
  readonly context: string
  readonly request: AgentRequest
  /** Asks the person; never rejects. */
  readonly answer: (question: Question) => Promise<Answer>
  /** Milliseconds; for tests. */
  readonly silenceMs?: number
}

/** Asks the agent and waits, for as long as it shows that it is alive. Never rejects. */
export function converse(options: ConversationOptions): Promise<Outcome> {
  const { endpoint, context, request, answer, silenceMs = SILENCE_MS } = options
  // Not an import: loading it takes two milliseconds, which nobody without an agent has to wait.
  const { connect } = process.getBuiltinModule('node:net')
  return new Promise((resolve) => {
    const socket = connect(endpoint.socket)
    const lines = new LineReader(LONGEST_REPLY)
    let isProven = false
    let isOver = false
    let answering: Promise<Answer> | undefined
    let silence = setTimeout(leave, silenceMs)

    function finish(outcome: Outcome): void {
      if (isOver) return
      isOver = true
      clearTimeout(silence)
      socket.destroy()
      resolve(outcome)
    }

    /** The agent is gone. A person who is typing a code right now is not made to type it twice. */
    function leave(): void {
      if (!answering) {
        finish({ alone: true })
        return
      }
      clearTimeout(silence)
      socket.destroy()
      void answering.then((given) =>
        finish('code' in given ? { alone: true, mfaCode: given.code } : { error: given.refused }),
      )
    }

    function receive(line: AgentLine): void {
      if (isOver) return
      if (!isProven) prove(line)
      else if ('reply' in line) finish({ reply: line.reply })
      else if ('error' in line) finish({ error: line.error })
      else if ('elsewhere' in line) finish({ alone: true })
      else if ('ask' in line) ask(line.ask)
    }

    /** Before this, nothing is said that somebody else could use: the request may hold an MFA code. */
    function prove(line: AgentLine): void {
      isProven = 'proof' in line && line.proof === endpoint.proof
      if (isProven) say({ request, caller: thisProcess() })
      else finish({ alone: true })
    }

    function say(line: Opening | Demand | Answer): void {
      socket.write(`${JSON.stringify(line)}\n`)
    }

    function ask(question: Question): void {
      answering = answer(question)
      void answering.then((given) => {
        if (socket.destroyed) return
        answering = undefined
        say(given)
      })
    }

    socket.on('connect', () => say({ protocol: PROTOCOL, token: endpoint.token, context }))
    socket.on('data', (chunk: Buffer) => {
      clearTimeout(silence)
      silence = setTimeout(leave, silenceMs)
      try {
        for (const line of lines.push(chunk)) receive(JSON.parse(line) as AgentLine)
      } catch {
        // Not a line of this protocol.
        leave()
      }
    })
    socket.on('error', leave)
    socket.on('close', leave)
  })
}

/** Asks an agent of any version to hand its sessions over and end. */
export function askToStop(endpoint: Endpoint): Promise<Outcome> {
  const refused = { code: 'mfa.required', message: 'Ending asks for nothing.' } as const
  return converse({ endpoint, context: '', request: { op: 'stop' }, answer: async () => ({ refused }) })
}

function thisProcess(): CallerProcess {
  const { pid, ppid } = process
  let folder: string | null = null
  try {
    const path = process.cwd()
    if (path.length <= LONGEST_FOLDER) folder = path
  } catch {
    // It was removed while this process works in it.
  }
  return { pid, parentPid: ppid, folder }
}
