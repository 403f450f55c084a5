/**
 * A catalogue in a Git repository, through the git program: the person's own credentials and settings, but nothing of
 * the repository runs. Nothing is checked out; the one file is read as an object.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import { programsNamed } from '../programs.ts'
import { redact } from '../redact.ts'
import { LARGEST_CATALOGUE, tooLarge } from './parse.ts'

const TIMEOUT_MS = 60_000
/** Tried in this order where no path is given. */
const USUAL_FILES = ['hallpass.yaml', 'hallpass.yml', 'hallpass.json']

/** Only what a catalogue may come over; `ext::` and its like run programs. */
const SETTINGS = [
  ['protocol.allow', 'never'],
  ['protocol.https.allow', 'always'],
  ['protocol.ssh.allow', 'always'],
  ['protocol.file.allow', 'always'],
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['submodule.recurse', 'false'],
].flatMap(([key, value]) => ['-c', `${key}=${value}`])

export interface GitPlace {
  readonly url: string
  readonly path?: string | undefined
  readonly ref?: string | undefined
}

type Env = Readonly<Record<string, string | undefined>>

/** @throws `exec.not-found` without git; `input.invalid`, `catalogue.not-found`, `file.too-large`, `network.unreachable` */
export async function fetchGit({ url, path, ref }: GitPlace, env: Env): Promise<Uint8Array> {
  if (ref !== undefined && !/^(?!-)(?!.*\.\.)[A-Za-z0-9_./+-]{1,256}$/.test(ref)) throw badWord('branch or tag', ref)
  if (path !== undefined && !isInside(path)) throw badWord('path', path)
  const [program] = programsNamed('git', env)
  if (program === undefined) {
    throw new HallpassError('exec.not-found', 'There is no git program on PATH.', {
      hint: 'Install Git, or use the https address of the file.',
    })
  }
  const folder = await mkdtemp(join(tmpdir(), 'hallpass-git-'))
  const git = (words: readonly string[]) => run(program, [...SETTINGS, ...words], env)
  try {
    const branch = ref === undefined ? [] : ['--branch', ref]
    const shape = ['--depth', '1', '--no-tags', '--single-branch', '--no-checkout', '--filter=blob:none', '--template=']
    const cloned = await git(['clone', '--quiet', ...shape, ...branch, '--', url, folder])
    if (cloned.exit !== 0) throw notCloned(cloned.errors)
    const inRepository = (words: readonly string[]) => git(['-C', folder, ...words])
    for (const file of path === undefined ? USUAL_FILES : [path]) {
      const object = `HEAD:${file}`
      const size = await inRepository(['cat-file', '-s', object])
      if (size.exit !== 0) continue
      const bytes = Number(size.output.toString('utf8').trim())
      if (bytes > LARGEST_CATALOGUE) throw tooLarge(bytes)
      const content = await inRepository(['cat-file', 'blob', object])
      if (content.exit === 0) return content.output
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  throw new HallpassError('catalogue.not-found', `There is no ${path ?? USUAL_FILES.join(' or ')} in the repository.`, {
    hint: 'Name the file in it with --path.',
  })
}

function isInside(path: string): boolean {
  return /^[^\p{Cc}:]+$/u.test(path) && !path.startsWith('/') && !path.split('/').includes('..')
}

interface Finished {
  readonly exit: number | null
  readonly output: Buffer
  readonly errors: string
}

function run(program: string, words: readonly string[], env: Env): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      // Asks nobody: neither on the terminal, of which it has none, nor through a window.
      env: {
        ...env,
        GIT_TERMINAL_PROMPT: '0',
        GIT_ASKPASS: '',
        SSH_ASKPASS_REQUIRE: 'never',
        LC_ALL: 'C',
        GIT_DIR: undefined,
        GIT_WORK_TREE: undefined,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    const pieces: Buffer[] = []
    let size = 0
    let errors = ''
    const stop = () => {
      // With what it has started: git fetches through programs of its own.
      try {
        if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL')
        else child.kill('SIGKILL')
      } catch {
        // It has ended.
      }
    }
    const timer = setTimeout(stop, TIMEOUT_MS)
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length
      if (size <= LARGEST_CATALOGUE) pieces.push(piece)
      else stop()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(0, 4000)
    })
    child.on('error', reject)
    child.on('close', (exit) => {
      clearTimeout(timer)
      resolve({ exit, output: Buffer.concat(pieces), errors })
    })
  })
}

function notCloned(errors: string): HallpassError {
  return new HallpassError('network.unreachable', 'Git could not read the repository.', {
    hint: 'Check the address, and that git clone works with it in a terminal without asking for anything.',
    details: redact(errors.trim()),
  })
}

function badWord(what: string, word: string): HallpassError {
  return new HallpassError('input.invalid', `“${word.slice(0, 80)}” is no ${what} in a repository.`)
}
