// How much of the command's start is its own: `--version`, handing out cached credentials and names for a shell's
// completion, against bare Node. And what the prompt of a shell costs, which starts nothing.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { awsClis } from '../test/support/aws-clis.ts'
import { measure, report, reportGoal } from './measure.mjs'

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
  againstExport(env, words)
  const third = measure({ bare, names: { words: [node, entry, '__complete', 'targets'], env } })
  report('hallpass __complete, names for a shell / node -e 0', third.names, third.bare, 1.5)
  promptAgainstBare(env)
} finally {
  practice.kill()
  rmSync(home, { recursive: true, force: true })
}

/** What the prompt costs: a shell that asks for it once more, against one that does not. */
function promptAgainstBare(env) {
  const script = spawnSync(node, [entry, 'prompt', 'bash'], { env, encoding: 'utf8' }).stdout
  const times = 100
  const shell = (loop) => ({
    words: ['bash', '--norc', '-c', `${script}\nfor i in {1..${times}}; do ${loop}; done`],
    env,
  })
  const took = measure({ with: shell('_hallpass_state'), without: shell(':') }, 20)
  reportGoal('hallpass prompt, each time it is shown', (took.with - took.without) / times, 1)
}

/** The AWS CLI's own way of handing out a profile's credentials: here keys that stand in a file, and cost it no call. */
function againstExport(env, words) {
  const keys = 'aws_access_key_id = AKIAQWERTYUIOPASDFGH\naws_secret_access_key = x\naws_session_token = x\n'
  writeFileSync(env.AWS_SHARED_CREDENTIALS_FILE, `[bench]\n${keys}`)
  // Version 1 has no such command.
  const clis = awsClis().filter(({ version }) => version.startsWith('aws-cli/2.'))
  if (clis.length === 0) console.log('aws configure export-credentials: no AWS CLI 2 is installed here')
  const commands = { warm: { words, env } }
  for (const { program, version } of clis)
    commands[version] = { words: [program, 'configure', 'export-credentials', '--profile', 'bench'], env }
  const took = measure(commands, 12, 2)
  for (const { version } of clis)
    report(
      `hallpass credential-process, from cache / aws configure export-credentials (${version})`,
      took.warm,
      took[version],
      1 / 8,
    )
}

async function describePractice() {
  for await (const line of createInterface({ input: practice.stdout })) return JSON.parse(line)
  throw new Error('hallpass practice printed nothing')
}

function hallpass(words, env, input) {
  const run = spawnSync(node, [entry, ...words], { env, input })
  if (run.status !== 0) throw new Error(`hallpass ${words[0]} failed: ${run.stderr}`)
}
