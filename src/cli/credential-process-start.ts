/**
 * The short way of `hallpass credential-process NAME`, which AWS tools run before every command: it asks the agent,
 * and loads the rest of Hallpass only where none answers. No library is loaded on the way.
 */
import { writeSync } from 'node:fs'
import { converse } from '#core/agent/conversation.ts'
import { isOfVersion, readEndpoint } from '#core/agent/endpoint.ts'
import { type Answer, contextOf, isAgentRefused, type ProcessReply, type Question } from '#core/agent/protocol.ts'
import { keepOutOfCoreDumps } from '#core/core-dumps.ts'
import { surroundingsOf } from '#core/practice/home.ts'
import { isInsideProcess } from '#core/process-guard.ts'
import { stateFolder } from '#core/state-folder.ts'
import { ERROR_EXIT_CODES, type ErrorReport } from '#shared/errors.ts'
import { oneLine } from './output/one-line.ts'
import { writeOut } from './output/write-out.ts'
import type { StartOptions } from './start.ts'
import { startedAt } from './started-at.ts'

/** @returns the exit code */
export async function run(start: StartOptions): Promise<number> {
  keepOutOfCoreDumps()
  const env = attempt(() => surroundingsOf(process.env))
  // What is wrong with the folder is explained there.
  if (!env) return (await import('./start.ts')).run(start)
  // What may lead in a circle is looked at before anybody is asked.
  const endpoint = isAgentRefused(env) || isInsideProcess(env) ? undefined : readEndpoint(stateFolder(env))
  if (endpoint && isOfVersion(endpoint, start.version)) {
    const [, name = ''] = start.words
    const request = { op: 'credential-process', name, askedAt: startedAt() } as const
    const answer = (question: Question) => ask(start, question)
    const onWaiting = () => void tellOfPrompt(name)
    const outcome = await converse({ endpoint, context: contextOf(env), request, answer, onWaiting })
    if ('error' in outcome && !(isLocked(outcome.error) && env.HALLPASS_PASSPHRASE)) {
      writeSync(2, oneLine(outcome.error))
      return ERROR_EXIT_CODES[outcome.error.code]
    }
    if ('reply' in outcome && isProcessReply(outcome.reply)) return hand(name, outcome.reply)
  }
  return (await import('./start.ts')).run(start)
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** Of an encrypted file this process may have the passphrase, and works alone. */
function isLocked({ code }: ErrorReport): boolean {
  return code === 'vault.locked' || code === 'vault.wrong-passphrase'
}

/** Who has shown the proof is of this version and keeps to its protocol; should it not, nothing of it is printed. */
function isProcessReply(reply: unknown): reply is ProcessReply {
  return typeof reply === 'object' && reply !== null && 'document' in reply && typeof reply.document === 'string'
}

async function hand(name: string, { document, kept }: ProcessReply): Promise<number> {
  if (kept) {
    const { keptText } = await import('./output/kept.ts')
    const { Expiration } = JSON.parse(document) as { Expiration: string }
    writeSync(2, oneLine({ message: keptText(name, kept, new Date(Expiration)) }))
  }
  return writeOut(document)
}

async function tellOfPrompt(name: string): Promise<void> {
  const { Progress, waitingFor } = await import('./output/progress.ts')
  new Progress(process.stderr).line(waitingFor(name))
}

async function ask(start: StartOptions, question: Question): Promise<Answer> {
  const [{ hostOf }, { createMfaPrompt }, { Progress }, { answerWith }] = await Promise.all([
    import('./start.ts'),
    import('./input/mfa-prompt.ts'),
    import('./output/progress.ts'),
    import('#core/agent/client.ts'),
  ])
  const host = hostOf(start)
  return answerWith(createMfaPrompt(host, new Progress(host.stderr), 'program'))(question)
}
