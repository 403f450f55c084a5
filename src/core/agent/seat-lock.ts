/** The lock of the agent's seat: held for as long as an agent lives, and dropped by the kernel when it dies. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { withFileLock } from '../awsfiles/lock.ts'
import { agentFolder } from './endpoint.ts'

/** Only as long as another process needs to look whether the seat is taken. Milliseconds. */
const TAKE_MS = 500

/**
 * Takes the lock. @returns the function that lets go
 * @throws `agent.running` when another process has it
 */
export function holdSeat(home: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const work = () => new Promise<void>((release) => resolve(release))
    withFileLock(home, agentFolder(home), work, TAKE_MS).catch((error: unknown) => {
      if (!isHallpassError(error, 'file.locked')) return reject(error)
      const message = 'Another agent serves this state folder already.'
      reject(new HallpassError('agent.running', message, { hint: 'See hallpass agent --status.' }))
    })
  })
}

/**
 * Runs `work` while no agent has the seat, and none can take it.
 * @returns whether it ran
 */
export async function whileNoAgent(home: string, work: () => void): Promise<boolean> {
  try {
    await withFileLock(home, agentFolder(home), async () => work(), 0)
    return true
  } catch (error) {
    if (isHallpassError(error, 'file.locked')) return false
    throw error
  }
}
