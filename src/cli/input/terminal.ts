/** Questions on the person's own terminal, whatever the standard streams are connected to. */
import { closeSync, openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { ReadStream, WriteStream } from 'node:tty'
import { HallpassError } from '#shared/errors.ts'
import type { CliHost } from '../host.ts'

export interface AskOptions {
  /** Nothing typed is shown. */
  readonly hidden?: boolean
}

export interface Choices {
  readonly choices: readonly { readonly value: string; readonly text: string }[]
  /** How many there are beside these. */
  readonly more: number
}

export interface Terminal {
  /**
   * Asks one question, on one line.
   * @throws `cancelled` at Ctrl-C, Ctrl-D or when the terminal goes away
   */
  ask(question: string, options?: AskOptions): Promise<string>
  /**
   * Asks for one of a list that `search` narrows down to what is typed. Nothing of it is left on the screen.
   * @throws `cancelled` at Ctrl-C, or when the terminal goes away
   */
  choose(question: string, search: (typed: string) => Choices): Promise<string>
  /** Says something on a line of its own. */
  say(text: string): void
  close(): void
}

/** The controlling terminal; `undefined` when there is none, as under cron or an agent without one. */
export function openTerminal(host: CliHost): Terminal | undefined {
  const streams = host.platform === 'win32' ? standardStreams(host) : controllingTerminal()
  if (!streams) return undefined
  const { input, output } = streams
  return {
    ask: (question, options) => ask(input, output, question, options),
    choose: (question, search) => choose(input, output, question, search),
    say: (text) => {
      output.write(`${text}\n`)
    },
    close: streams.close,
  }
}

interface TerminalStreams {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  close(): void
}

function controllingTerminal(): TerminalStreams | undefined {
  let read: number | undefined
  try {
    read = openSync('/dev/tty', 'r')
    const write = openSync('/dev/tty', 'w')
    const input = new ReadStream(read)
    const output = new WriteStream(write)
    return {
      input,
      output,
      close: () => {
        input.destroy()
        output.destroy()
      },
    }
  } catch {
    if (read !== undefined) closeSync(read)
    return undefined
  }
}

/** Windows has no /dev/tty; a prompt there needs a console on both sides. */
function standardStreams(host: CliHost): TerminalStreams | undefined {
  if (!host.stdin.isTTY || !host.stderr.isTTY) return undefined
  return { input: host.stdin, output: host.stderr, close: () => host.stdin.unref?.() }
}

function ask(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
  { hidden = false }: AskOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const echo = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : output
    // With `terminal` the interface sets raw mode at once: from here on the terminal itself echoes nothing. The
    // question comes after, so that an answer pasted at its first sight is not shown.
    const lines = createInterface({ input, output: echo, terminal: true, historySize: 0 })
    if (hidden) output.write(question)
    let answered = false
    lines.question(hidden ? '' : question, (answer) => {
      answered = true
      lines.close()
      if (hidden) output.write('\n')
      resolve(answer.trim())
    })
    lines.on('SIGINT', () => lines.close())
    lines.on('close', () => {
      if (answered) return
      output.write('\n')
      reject(new HallpassError('cancelled', 'Cancelled.'))
    })
  })
}

async function choose(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
  search: (typed: string) => Choices,
): Promise<string> {
  const { default: prompt, Separator } = await import('@inquirer/search')
  let shown: { value: string; name: string }[] = []
  const source = (typed = '') => {
    // Tab puts the chosen line into the question, whole.
    const completed = shown.find(({ name }) => name === typed)
    if (completed) return [completed]
    const { choices, more } = search(typed)
    const list = choices.map(({ value, text }) => ({ value, name: text }))
    shown = list
    return more === 0 ? list : [...list, new Separator(`${more} more: type on`)]
  }
  try {
    return await prompt(
      { message: question, source, pageSize: 12, theme: { prefix: '' } },
      { input, output, clearPromptOnDone: true },
    )
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'ExitPromptError')) throw cause
    throw new HallpassError('cancelled', 'Cancelled.', { cause })
  }
}
