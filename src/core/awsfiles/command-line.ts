/**
 * The `credential_process` line, in the quoting that every SDK reads alike: botocore splits it like a shell without
 * running one, the JS SDK hands it to `/bin/sh -c` or `cmd.exe` (AWS facts B.2, B.3).
 */
import { HallpassError } from '#shared/errors.ts'

// Inside double quotes a POSIX shell still expands $ and backticks; cmd.exe still expands %. A quote ends the word.
const UNSAFE_POSIX = /["$`\\\p{Cc}]/u
const UNSAFE_WINDOWS = /["%!^\p{Cc}]|\\$/u
/** The JS SDK cuts a line at a blank followed by one of these. */
const COMMENT = /\s[#;]/

/**
 * The line that makes an SDK run `shim credential-process NAME`.
 * @param shim absolute path of the shim
 * @throws `input.invalid` when the path can't be quoted for every SDK
 */
export function credentialProcessLine(
  shim: string,
  name: string,
  platform: NodeJS.Platform = process.platform,
): string {
  return `${quoteWord(shim, platform)} credential-process ${quoteWord(name, platform)}`
}

/** True for a line that {@link credentialProcessLine} made, whichever state folder it names. */
export function isHallpassCommand(line: string): boolean {
  return nameInHallpassCommand(line) !== undefined
}

/** The role or identity that such a line asks for; undefined for any other line. */
export function nameInHallpassCommand(line: string): string | undefined {
  return /[\\/]hallpass(?:\.cmd)?" credential-process "([^"]+)"$/.exec(line)?.[1]
}

function quoteWord(word: string, platform: NodeJS.Platform): string {
  const unsafe = platform === 'win32' ? UNSAFE_WINDOWS : UNSAFE_POSIX
  if (word === '' || unsafe.test(word) || COMMENT.test(word)) {
    throw new HallpassError(
      'input.invalid',
      `AWS tools can’t run “${word}”: its name has characters they read differently.`,
      {
        hint: 'Set HALLPASS_HOME to a folder whose path has letters, digits, blanks and . _ - / only.',
      },
    )
  }
  return `"${word}"`
}
