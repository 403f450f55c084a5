/** `hallpass agent`: serves sessions until interrupted; `--status` and `--stop` speak to the one that runs. */
import { type AgentHost, createAgentClient, createBroker, hostAgent, takeSeat } from '#core/agent/index.ts'
import { createHallpass } from '#core/create-hallpass.ts'
import { openFileLog } from '#core/file-log.ts'
import { parseDuration } from '#shared/duration.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import type { Invocation } from '../invocation.ts'
import { clockText } from '../output/time.ts'
import { saveMemory } from './agent-memory.ts'

/** Seconds without a live session and a client, after which an agent ends. */
const IDLE = 3600
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export const agent: Handler = async (context, invocation) => {
  const [status, stop] = [invocation.flag('status') === true, invocation.flag('stop') === true]
  if (status && stop) {
    throw new HallpassError('usage.invalid', '--status and --stop are not both possible.', { hint: 'Leave one out.' })
  }
  if (status) return showStatus(context)
  if (stop) return stopAgent(context)
  return serve(context, readIdle(invocation))
}

async function serve(context: CliContext, idleSeconds: number): Promise<number> {
  saveMemory()
  const { host } = context
  const log = openFileLog(host.home, 'agent')
  // One of an earlier version steps down; one of this version keeps its place, and says so.
  const seat = await takeSeat({ home: host.home, kind: 'standalone', version: host.version, env: host.env, log })
  let hosted: AgentHost | undefined
  try {
    const broker = createBroker(() => hallpass)
    const { prompt } = broker
    const options = { env: host.env, mfaPrompt: prompt, log, command: host.command, held: seat.held }
    const hallpass = await createHallpass(options)
    try {
      const { version } = host
      hosted = await hostAgent({ seat, hallpass, kind: 'standalone', version, broker, idleMs: idleSeconds * 1000 })
      const stop = () => void hosted?.stop()
      for (const signal of SIGNALS) process.once(signal, stop)
      hallpass.keeper.start()
      const stopWatching = hallpass.watchExpiredKeys()
      if (context.json) context.jsonData(hosted.status())
      context.note('Serving sessions. Stop it with Ctrl-C.')
      await hosted.ended
      await stopWatching()
    } finally {
      hallpass.close()
    }
  } finally {
    await seat.leave()
  }
  return 0
}

async function showStatus(context: CliContext): Promise<number> {
  const status = await clientOf(context).status()
  if (!status) throw notRunning()
  if (context.json) context.jsonData(status)
  else {
    context.fields([
      ['Agent', status.kind === 'app' ? 'the Hallpass app' : 'hallpass agent'],
      ['Version', status.version],
      ['Process', String(status.pid)],
      ['Since', clockText(status.startedAt, Date.now())],
      ['Sessions', String(status.sessions)],
      ['Encrypted file', status.vaultUnlockedUntil && `open until ${clockText(status.vaultUnlockedUntil, Date.now())}`],
    ])
  }
  return 0
}

async function stopAgent(context: CliContext): Promise<number> {
  if (!(await clientOf(context).stop())) throw notRunning()
  if (context.json) context.jsonData({ stopped: true })
  else context.note('The agent has ended. Its sessions rest sealed.')
  return 0
}

function clientOf({ host }: CliContext) {
  const { home, env, version } = host
  return createAgentClient({
    home,
    env,
    version,
    mfaPrompt: () => Promise.reject(new HallpassError('mfa.required', 'Nobody is asked here.')),
  })
}

function notRunning(): HallpassError {
  return new HallpassError('agent.not-running', 'No agent is running.', { hint: 'Start one with: hallpass agent' })
}

/** @returns seconds */
function readIdle(invocation: Invocation): number {
  const text = invocation.text('idle')
  if (text === undefined) return IDLE
  const seconds = parseDuration(text)
  if (seconds !== undefined) return seconds
  throw new HallpassError('usage.invalid', `${text} is not a time.`, {
    hint: 'Write it as 30m, 2h or a number of seconds.',
  })
}
