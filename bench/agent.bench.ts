// The agent: handing out a live session through it against bare Node, and its resident memory with a thousand live
// sessions, every one of them obtained by it from the practice account.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgentClient } from '#core/agent/client.ts'
import { createHallpass } from '#core/create-hallpass.ts'
import type { PracticeDescription } from '#core/practice/practice-account.ts'
import packageJson from '../package.json' with { type: 'json' }
import { measure, report } from './measure.ts'
import { ENTRY, firstLine, hallpass } from './processes.ts'

const SESSIONS = 1000
const AT_ONCE = 20
const GOAL_MB = 90

const node = process.execPath
const folder = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
const home = join(folder, 'hallpass')
const practice = spawn(node, [ENTRY, 'practice'], { stdio: ['ignore', 'pipe', 'inherit'] })
let agent: ChildProcess | undefined
try {
  const account = await firstLine<PracticeDescription>(practice)
  const env = {
    ...process.env,
    ...account.environment,
    HALLPASS_HOME: home,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  }
  const names = await addRoles(account, env)

  const started = spawn(node, [ENTRY, 'agent', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  agent = started
  const { pid } = await firstLine<{ pid: number }>(started)
  const first = names[0] ?? ''
  hallpass(['credential-process', first], env)
  const bare = { words: [node, '-e', '0'] }
  const warm = { words: [node, ENTRY, 'credential-process', first], env }
  const times = measure({ bare, warm })
  report('hallpass credential-process, from the agent / node -e 0', times.warm, times.bare, 1.3)

  const before = residentMegabytes(pid)
  const client = createAgentClient({ home, env, version: packageJson.version, mfaPrompt: () => Promise.reject() })
  const queue = [...names]
  const ask = async () => {
    for (let name = queue.pop(); name; name = queue.pop()) await client.credentials(name, {})
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
  const sessions = (await client.status())?.sessions
  if (sessions !== SESSIONS) throw new Error(`the agent holds ${sessions} sessions, not ${SESSIONS}`)
  const after = residentMegabytes(pid)
  const verdict = after < GOAL_MB ? 'met' : 'MISSED'
  console.log(
    `agent with ${SESSIONS} live sessions: ${after.toFixed(1)} MB resident, ${before.toFixed(1)} MB with one ` +
      `(goal under ${GOAL_MB} MB: ${verdict})`,
  )
} finally {
  agent?.kill()
  practice.kill()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** As many roles as sessions, all of the one that needs no MFA, each a session of its own. @returns their names */
async function addRoles(account: PracticeDescription, env: NodeJS.ProcessEnv): Promise<string[]> {
  const quiet = () => {}
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const hallpass = await createHallpass({ env, log, command: [node, ENTRY], mfaPrompt: () => Promise.reject() })
  const [user] = account.users
  const readOnly = account.roles.find((role) => role.name === 'ReadOnly')
  if (!user || !readOnly) throw new Error('the practice account has no user, or no ReadOnly')
  const { name, accessKeyId, secretAccessKey } = user
  await hallpass.identities.add({ name, accessKeyId, secretAccessKey })
  const names = Array.from({ length: SESSIONS }, (_, index) => `role-${index}`)
  for (const role of names) hallpass.roles.add({ name: role, arn: readOnly.arn, from: name })
  hallpass.close()
  return names
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
