/**
 * A command of the person's that prints an MFA code, such as a hardware key's. It runs without a shell, gets no
 * credentials and no input, and has a minute; nothing but six digits is taken from it.
 */
import { constants, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import { runCaptured } from '../captured-run.ts'
import { isProgram, pathFolders } from '../programs.ts'
import { redact } from '../redact.ts'
import { splitCommand } from './split-command.ts'

export interface RunCommandOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Long enough for touching a key. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 60_000
const LONGEST_DETAILS = 2000
/** Without a shell, Windows starts nothing else. */
const WINDOWS_ENDINGS = ['', '.exe', '.com']

/**
 * Refuses a command that could not run.
 * @throws `input.invalid`, `mfa.command-not-found`
 */
export function checkMfaCommand(command: string, env: RunCommandOptions['env'] = process.env): void {
  findProgram(splitCommand(command)[0], env)
}

/**
 * Runs the command.
 * @returns six digits
 * @throws `input.invalid`, `mfa.command-not-found`, `mfa.command-failed`, `mfa.command-timeout`, `mfa.command-output`
 */
export async function runMfaCommand(command: string, options: RunCommandOptions = {}): Promise<string> {
  const { env = process.env, timeoutMs = TIMEOUT_MS } = options
  const [program, ...words] = splitCommand(command)
  const file = findProgram(program, env)
  const { stdout, stderr, exit } = await runCaptured({ file, words, env: withoutSecrets(env), timeoutMs }).catch(
    (cause: unknown) => {
      throw new HallpassError('mfa.command-failed', `The MFA command ${file} could not be started.`, { cause })
    },
  )
  if (exit === 'timeout') {
    throw new HallpassError(
      'mfa.command-timeout',
      `The MFA command ${file} gave no code within ${timeoutMs / 1000} s.`,
      {
        hint: 'Run it in a terminal to see what it waits for.',
        details: detailsOf(stderr),
      },
    )
  }
  if (exit !== 0) {
    throw new HallpassError('mfa.command-failed', `The MFA command ${program} failed (${exit}).`, {
      hint: 'Run it in a terminal to see what it needs.',
      details: detailsOf(stderr),
    })
  }
  const code = stdout.trim()
  if (/^\d{6}$/.test(code)) return code
  throw new HallpassError('mfa.command-output', `The MFA command ${program} printed something other than six digits.`, {
    hint: 'It has to print the code alone. Many tools have an option for that.',
    details: detailsOf(stderr),
  })
}

/**
 * By absolute path, or by name in the absolute folders of PATH.
 * @throws `mfa.command-not-found`; `input.invalid` for another path, or a program that anybody may have changed
 */
function findProgram(name: string, env: RunCommandOptions['env'] = {}): string {
  const isPath = /[\\/]/.test(name)
  if (isPath && !isAbsolute(name)) {
    throw new HallpassError('input.invalid', `${name} is a path that depends on the working folder.`, {
      hint: 'Give the program’s absolute path, or its name alone.',
    })
  }
  const places = isPath ? [name] : pathFolders(env).map((folder) => join(folder, name))
  const endings = process.platform === 'win32' ? WINDOWS_ENDINGS : ['']
  const found = places.flatMap((place) => endings.map((ending) => place + ending)).find(isProgram)
  if (found === undefined) {
    throw new HallpassError('mfa.command-not-found', `There is no program ${name} to get MFA codes from.`, {
      hint: 'Install it, or give its absolute path.',
    })
  }
  if (process.platform !== 'win32' && (statSync(found).mode & constants.S_IWOTH) !== 0) {
    throw new HallpassError('input.invalid', `Every user of this computer may change ${found}, so it is not run.`, {
      hint: `Take that right away: chmod o-w ${found}`,
    })
  }
  return found
}

/** A helper that is asked for a code has no use for keys, and must not ask AWS by itself with ours. */
function withoutSecrets(env: RunCommandOptions['env'] = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(AWS_|HALLPASS_PASSPHRASE$)/i.test(name))
  return Object.fromEntries(kept)
}

/** The end of what it said: errors come last. */
function detailsOf(stderr: string): string | undefined {
  const text = redact(stderr).trim()
  return text === '' ? undefined : text.slice(-LONGEST_DETAILS)
}
