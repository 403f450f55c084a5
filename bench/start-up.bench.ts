// How much of the command's start is its own: `--version`, handing out cached credentials and names for a shell's
// completion, against bare Node. And what the prompt of a shell costs, which starts nothing.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PracticeDescription } from '#core/practice/practice-account.ts'
import { awsClis } from '../test/support/aws-clis.ts'
import { measure, report, reportGoal } from './measure.ts'
import { ENTRY, firstLine, hallpass } from './processes.ts'

const node = process.execPath
type Env = NodeJS.ProcessEnv & { readonly AWS_SHARED_CREDENTIALS_FILE: string }

const bare = { words: [node, '-e', '0'] }

const first = measure({ bare, version: { words: [node, ENTRY, '--version'] } })
report('hallpass --version / node -e 0', first.version, first.bare, 1.5)

const home = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
const practice = spawn(node, [ENTRY, 'practice'], { stdio: ['ignore', 'pipe', 'inherit'] })
try {
  const account = await firstLine<PracticeDescription>(practice)
  const env = {
    ...process.env,
    ...account.environment,
    HALLPASS_HOME: join(home, 'hallpass'),
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
  }
  const [user] = account.users
  if (!user) throw new Error('the practice account has no user')
  const { name, secretAccessKey, accessKeyId } = user
  hallpass(['identity', 'add', name, '--access-key-id', accessKeyId], env, secretAccessKey)
  const words = [node, ENTRY, 'credential-process', name]
  const second = measure({ bare, warm: { words, env } })
  report('hallpass credential-process, from cache / node -e 0', second.warm, second.bare, 2.2)
  againstExport(env, words)
  const third = measure({ bare, names: { words: [node, ENTRY, '__complete', 'targets'], env } })
  report('hallpass __complete, names for a shell / node -e 0', third.names, third.bare, 1.5)
  promptAgainstBare(env)
} finally {
  practice.kill()
  rmSync(home, { recursive: true, force: true })
}

/** What the prompt costs: a shell that asks for it once more, against one that does not. */
function promptAgainstBare(env: Env): void {
  const script = spawnSync(node, [ENTRY, 'prompt', 'bash'], { env, encoding: 'utf8' }).stdout
  const times = 100
  const shell = (loop: string) => ({
    words: ['bash', '--norc', '-c', `${script}\nfor i in {1..${times}}; do ${loop}; done`],
    env,
  })
  const took = measure({ with: shell('_hallpass_state'), without: shell(':') }, 20)
  reportGoal('hallpass prompt, each time it is shown', (took.with - took.without) / times, 1)
}

/** The AWS CLI's own way of handing out a profile's credentials: here keys that stand in a file, and cost it no call. */
function againstExport(env: Env, words: readonly string[]): void {
  const keys = 'aws_access_key_id = AKIAQWERTYUIOPASDFGH\naws_secret_access_key = x\naws_session_token = x\n'
  writeFileSync(env.AWS_SHARED_CREDENTIALS_FILE, `[bench]\n${keys}`)
  // Version 1 has no such command.
  const clis = awsClis().filter(({ version }) => version.startsWith('aws-cli/2.'))
  if (clis.length === 0) console.log('aws configure export-credentials: no AWS CLI 2 is installed here')
  const asking = (program: string) => ({
    words: [program, 'configure', 'export-credentials', '--profile', 'bench'],
    env,
  })
  const programs = Object.fromEntries(clis.map(({ program, version }) => [version, asking(program)]))
  const { warm, ...took } = measure<string>({ warm: { words, env }, ...programs }, 12, 2)
  for (const [version, time] of Object.entries(took))
    report(
      `hallpass credential-process, from cache / aws configure export-credentials (${version})`,
      warm ?? Number.NaN,
      time,
      1 / 8,
    )
}
