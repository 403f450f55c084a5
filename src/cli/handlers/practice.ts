/** `hallpass practice`: serves the practice account until interrupted. */
import { startPracticeAccount } from '#core/practice/practice-account.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'

export const practice: Handler = async (context, invocation) => {
  const port = readPort(invocation.text('port'))
  const account = await startPracticeAccount({ port })
  try {
    context.jsonData(account.describe())
    context.note('Serving the practice account. Stop it with Ctrl-C.')
    await interrupted()
  } finally {
    await account.close()
  }
  return 0
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 0
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new HallpassError('usage.invalid', `${text} is not a port.`, { hint: 'Give a number from 1 to 65535.' })
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
