/**
 * The client's side of one request. It never fails for want of an agent: it says that there is none, and the caller
 * works alone. The fast path of `credential-process` loads it, so it stays small; what the agent says is trusted once it
 * has shown its proof, and checked where it is used.
 */
import type { ErrorReport } from '#shared/errors.ts'
import { agentText, clientText, createNonce, isNonce, isSameProof, proverWith } from './challenge.ts'
import type { Endpoint } from './endpoint.ts'
import { LineReader } from './lines.ts'
import { openPipe } from './pipe.ts'
import {
  type AgentLine,
  type AgentRequest,
  type Answer,
  type CallerProcess,
  type Demand,
  type Greeting,
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
  /** Told when another client is asked for the code that this one waits for. */
  readonly onWaiting?: (() => void) | undefined
  /** Milliseconds; for tests. */
  readonly silenceMs?: number
}

/** Asks the agent and waits, for as long as it shows that it is alive. Never rejects. */
export function converse(options: ConversationOptions): Promise<Outcome> {
  const { endpoint, context, request, answer, onWaiting, silenceMs = SILENCE_MS } = options
  return new Promise((resolve) => {
    const lines = new LineReader(LONGEST_REPLY)
    const nonce = createNonce()
    let prover: ReturnType<typeof proverWith> | undefined
    let expected = ''
    let isProven = false
    let isOver = false
    let answering: Promise<Answer> | undefined
    let silence = setTimeout(leave, silenceMs)

    function finish(outcome: Outcome): void {
      if (isOver) return
      isOver = true
      clearTimeout(silence)
      resolve(outcome)
      // Not at once: a process that has what it wants ends sooner without.
      setImmediate(() => pipe.close())
    }

    /** The agent is gone. A person who is typing a code right now is not made to type it twice. */
    function leave(): void {
      if (!answering) {
        finish({ alone: true })
        return
      }
      clearTimeout(silence)
      pipe.close()
      void answering.then((given) =>
        finish('code' in given ? { alone: true, mfaCode: given.code } : { error: given.refused }),
      )
    }

    function receive(text: string): void {
      if (isOver) return
      const line = JSON.parse(text) as AgentLine & Partial<Greeting>
      if (!isProven) meet(line)
      else if ('reply' in line) finish({ reply: line.reply })
      else if ('error' in line) finish({ error: line.error })
      else if ('elsewhere' in line) finish({ alone: true })
      else if ('ask' in line) ask(line.ask)
      else if ('waiting' in line) onWaiting?.()
    }

    /** Before this, nothing is said that somebody else could use: the request may hold an MFA code. */
    function meet({ proof, nonce: other }: Partial<Greeting>): void {
      if (!prover || !isSameProof(proof, expected) || !isNonce(other)) {
        finish({ alone: true })
        return
      }
      isProven = true
      say({ proof: prover(clientText(nonce, other)), context, request, caller: thisProcess() })
    }

    function say(line: Opening | Demand | Answer): void {
      pipe.send(`${JSON.stringify(line)}\n`)
    }

    function ask(question: Question): void {
      answering = answer(question)
      void answering.then((given) => {
        answering = undefined
        say(given)
      })
    }

    function hear(chunk: Buffer): void {
      if (isOver) return
      clearTimeout(silence)
      silence = setTimeout(leave, silenceMs)
      try {
        for (const line of lines.push(chunk)) receive(line)
      } catch {
        // Not a line of this protocol.
        leave()
      }
    }

    const pipe = openPipe(endpoint.socket, {
      // The agent computes the same meanwhile.
      connected() {
        prover = proverWith(endpoint.token)
        expected = prover(agentText(nonce))
      },
      received: hear,
      gone: leave,
    })
    say({ protocol: PROTOCOL, nonce })
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
