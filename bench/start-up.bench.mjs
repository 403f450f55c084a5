// How much of the command's start is its own: `--version`, and handing out cached credentials, against bare Node.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { measure, report } from './measure.mjs'

const entry = resolve(import.meta.dirname, '../out/cli/hallpass.cjs')
const node = process.execPath
const bare = { words: [node, '-e', '0'] }

const first = measure({ bare, version: { words: [node, entry, '--version'] } })
report('hallpass --version / node -e 0', first.version, first.bare, 1.5)

const home = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
const practice = spawn(node, [entry, 'practice'], { stdio: ['ignore', 'pipe', 'inherit'] })
try {
  const account = await describePractice()
  const env = {
    ...process.env,
    ...account.environment,
    HALLPASS_HOME: join(home, 'hallpass'),
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
  }
  const { name, secretAccessKey, accessKeyId } = account.users[0]
  hallpass(['identity', 'add', name, '--access-key-id', accessKeyId], env, secretAccessKey)
  const words = [node, entry, 'credential-process', name]
  const second = measure({ bare, warm: { words, env } })
  report('hallpass credential-process, from cache / node -e 0', second.warm, second.bare, 2.2)
} finally {
  practice.kill()
  rmSync(home, { recursive: true, force: true })
}

async function describePractice() {
  for await (const line of createInterface({ input: practice.stdout })) return JSON.parse(line)
  throw new Error('hallpass practice printed nothing')
}

function hallpass(words, env, input) {
  const run = spawnSync(node, [entry, ...words], { env, input })
  if (run.status !== 0) throw new Error(`hallpass ${words[0]} failed: ${run.stderr}`)
}
