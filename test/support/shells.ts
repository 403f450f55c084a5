/** Real shells on a pseudo-terminal, with a `hallpass` on their PATH that gives names and notes what it is started with. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { runMain } from '../unit/cli/support.ts'

/** PowerShell is not among them: where there is one, nothing here has run it. */
export const REAL_SHELLS = ['bash', 'zsh', 'fish'] as const

/** Why a test of that shell can't run here, or `undefined`. */
export function missing(shell: RealShell): string | undefined {
  const found = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, shell)))
  return found ? undefined : `${shell} is not installed`
}

export type RealShell = (typeof REAL_SHELLS)[number]

/** Ends with what the stand-in prints, so that nobody has to guess when a line is done. */
const STAND_IN = `#!/bin/sh
if [ "$1" = __complete ]; then
  cat "$SHELL_TEST/names-$2" 2>/dev/null
  exit
fi
for word; do printf '%s\\000' "$word"; done >>"$SHELL_TEST/ran"
printf '\\001' >>"$SHELL_TEST/ran"
echo '<r''an>'
`

export interface ShellWorld {
  readonly folder: string
  /** What `hallpass __complete KIND` prints from now on. */
  names(kind: string, lines: readonly string[]): Promise<void>
  /** Types each line, with tabs as they are, and Return. @returns the words each started `hallpass` with */
  type(shell: RealShell, lines: readonly string[], options?: TypeOptions): Promise<string[][]>
  /** The same, with all that the terminal showed. */
  show(shell: RealShell, lines: readonly string[], options?: TypeOptions): Promise<{ ran: string[][]; screen: string }>
  end(): Promise<void>
}

export interface TypeOptions {
  /** Read by the shell at its start; the completion when left out. */
  readonly script?: string
  readonly env?: Readonly<Record<string, string>>
}

export async function openShells(): Promise<ShellWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'shells-'))
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin/hallpass'), STAND_IN, { mode: 0o755 })
  const show: ShellWorld['show'] = async (shell, lines, { script, env = {} } = {}) => {
    await writeFile(join(folder, 'ran'), '')
    const words = await start(shell, folder, script ?? (await printed(['completion', shell])))
    const steps = lines.flatMap((line, index) => [
      ...(index > 0 ? [{ wait: '<ran>', send: '' }] : []),
      { wait: '<$>', send: `${line}\r` },
    ])
    const variables = Object.entries({ ...baseEnv(folder), ...env }).map(([name, value]) => `${name}=${value}`)
    const job = {
      argv: ['env', '-i', ...variables, ...words],
      steps: [...steps, { wait: '<ran>', send: '' }, { wait: '<$>', send: 'exit\r' }],
      pipes: [],
    }
    const child = spawn('python3', [resolve(import.meta.dirname, '../integration/cli-support/run-on-terminal.py')], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(JSON.stringify(job))
    const { screen } = JSON.parse(await text(child.stdout)) as { screen: string }
    const ran = (await readFile(join(folder, 'ran'), 'utf8')).split('\u0001').slice(0, -1)
    return { ran: ran.map((words) => words.split('\0').slice(0, -1)), screen }
  }
  return {
    folder,
    names: (kind, lines) => writeFile(join(folder, `names-${kind}`), lines.map((line) => `${line}\n`).join('')),
    show,
    type: async (...input) => {
      const { ran, screen } = await show(...input)
      if (ran.length !== input[1].length) throw new Error(`not every line ran:\n${screen}`)
      return ran
    },
    end: () => rm(folder, { recursive: true, force: true }),
  }
}

export function baseEnv(folder: string): Record<string, string> {
  return {
    PATH: `${join(folder, 'bin')}:/usr/local/bin:/usr/bin:/bin`,
    HOME: folder,
    SHELL_TEST: folder,
    XDG_CONFIG_HOME: join(folder, 'xdg'),
    ZDOTDIR: folder,
    TERM: 'xterm',
    LANG: 'C.UTF-8',
  }
}

async function start(shell: RealShell, folder: string, script: string): Promise<string[]> {
  const prompts = {
    bash: "PS1='<$> '\nbind 'set enable-bracketed-paste off'\n",
    zsh: "autoload -Uz compinit && compinit -u -D\nPROMPT='<$> '\nunsetopt prompt_sp\n",
    fish: "function fish_prompt; echo -n '<$> '; end\nfunction fish_greeting; end\nset -g fish_autosuggestion_enabled 0\n",
  }
  const file = join(folder, shell === 'zsh' ? '.zshrc' : `start.${shell}`)
  await writeFile(file, prompts[shell] + script)
  if (shell === 'bash') return ['bash', '--noprofile', '--rcfile', file, '-i']
  return shell === 'zsh' ? ['zsh', '-d', '-i'] : ['fish', '--no-config', '-i', '-C', `source ${file}`]
}

/** What `hallpass completion` or `hallpass prompt` prints. */
export async function printed(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<string> {
  const { exitCode, stdout, stderr } = await runMain(words, env ? { env } : {})
  if (exitCode !== 0) throw new Error(stderr)
  return stdout
}
