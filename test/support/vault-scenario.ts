/**
 * Runs vault calls one after the other and prints one JSON line for each. Started in a ring of its own; the steps are
 * its arguments, each a JSON array: a call with its arguments, or a blow to the keychain.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { openVault } from '#core/vault/open-vault.ts'
import { isHallpassError } from '#shared/errors.ts'
import { createMemoryIndex } from './memory-index.ts'
import { lockKeyring, type PrivateKeyring, startPrivateKeyring } from './private-keyring.ts'

const index = createMemoryIndex()
let keyring: PrivateKeyring | undefined
const vault = openVault({
  index,
  timeoutMs: Number(process.env.SCENARIO_TIMEOUT_MS ?? 10_000),
  ...(process.env.SCENARIO_COMMAND && { command: [process.execPath, process.env.SCENARIO_COMMAND] }),
})

async function startPrompter(manner: string): Promise<void> {
  const script = new URL('./fake-prompter.ts', import.meta.url).pathname
  const prompter = spawn(process.execPath, [script, manner], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => prompter.stdout.once('data', resolve))
  prompter.unref()
  prompter.stdout.destroy()
}

const steps: Record<string, (...args: string[]) => unknown> = {
  put: (entry = '', secret = '') => vault.put(entry, secret),
  get: (entry = '') => vault.get(entry),
  remove: (entry = '') => vault.remove(entry),
  status: () => vault.status(),
  index: () => index.list(),
  forget: (entry = '') => index.remove(entry),
  lock: () => lockKeyring(),
  keyring: async () => {
    keyring = await startPrivateKeyring(join(process.env.HOME ?? '', 'keyring'))
    // Before libsecret, which looks for its bus once, is loaded.
    Object.assign(process.env, keyring.env)
  },
  restart: () => keyring?.restart(),
  prompter: (manner = '') => startPrompter(manner),
  sabotageArch: () => Object.defineProperty(process, 'arch', { value: 'none' }) && undefined,
}

for (const text of process.argv.slice(2)) {
  const [step = '', ...args] = JSON.parse(text) as string[]
  const started = performance.now()
  let result: object
  try {
    result = { value: (await steps[step]?.(...args)) ?? null }
  } catch (error) {
    if (!isHallpassError(error)) throw error
    result = error.toReport()
  }
  process.stdout.write(`${JSON.stringify({ step, ...result, ms: Math.round(performance.now() - started) })}\n`)
}
process.exit(Number(process.env.SCENARIO_EXIT ?? 0))
