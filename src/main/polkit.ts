/**
 * polkit, through its own two programs. The action is the package's (packaging/polkit): it asks for the password of the
 * person who is logged in, each time. An AppImage installs nothing, so there the keychain alone is asked.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { SystemAuth } from '#core/lock/system-auth.ts'
import { HallpassError } from '#shared/errors.ts'

const ACTION = 'app.hallpass.unlock'
/** Absolute, so that nothing in front of it on the PATH can say yes. */
const PKACTION = '/usr/bin/pkaction'
const PKCHECK = '/usr/bin/pkcheck'
/** A person needs a while to type a password. Milliseconds. */
const PATIENCE = 120_000

/** @returns the exit code; null when the program could not be run or took too long */
export type RunProgram = (program: string, args: readonly string[]) => Promise<number | null>

export function createPolkit(run: RunProgram = runProgram, subject: () => string = thisProcess): SystemAuth {
  return {
    method: async () => ((await run(PKACTION, ['--action-id', ACTION])) === 0 ? 'polkit' : null),
    async confirm() {
      const code = await run(PKCHECK, ['--action-id', ACTION, '--process', subject(), '--allow-user-interaction'])
      switch (code) {
        case 0:
          return
        case 2:
        case 127:
          // Nothing on this desktop can ask. The keychain decides alone, as where there is no polkit.
          return
        case 3:
        case null:
          throw new HallpassError('cancelled', 'Hallpass stays locked: the password was not given.')
        default:
          throw new HallpassError('unlock.refused', 'The system did not accept the password.', { hint: 'Try again.' })
      }
    },
  }
}

/** Process id, start time and user together: the id alone could be another process's by the time polkit looks. */
function thisProcess(): string {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  // The program's name, in brackets, may have spaces in it; the start time is the 20th field after it.
  const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return [process.pid, startTime, process.getuid?.()].join(',')
}

function runProgram(program: string, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { timeout: PATIENCE }, () => resolve(child.exitCode))
  })
}
