/** The words of a command that a person typed, by the rules that SDKs split a `credential_process` by (facts B.3). */
import { HallpassError } from '#shared/errors.ts'
import { splitShellWords } from '../awsfiles/readers/python-text.ts'

/**
 * Splits without a shell: no variables, no pipes, no globs. On Windows a backslash is a backslash and only double quotes
 * quote; elsewhere single quotes and backslashes do too.
 * @throws `input.invalid` for an open quote, or nothing at all
 */
export function splitCommand(text: string, platform: NodeJS.Platform = process.platform): [string, ...string[]] {
  const words = platform === 'win32' ? splitWindowsWords(text) : splitShellWords(text)
  const [program, ...rest] = words ?? []
  if (program) return [program, ...rest]
  throw new HallpassError('input.invalid', 'This command can’t be split into words: a quote is open, or it is empty.', {
    hint: 'Put what has blanks into double quotes. It runs without a shell, so nothing else is special.',
  })
}

/** As a program's own start-up splits its command line there; `undefined` for an open quote. */
function splitWindowsWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let isQuoted = false
  for (let index = 0; index < text.length; index++) {
    const rest = text.slice(index)
    const backslashes = /^(\\+)"/.exec(rest)?.[1]?.length ?? 0
    const character = text.charAt(index)
    if (backslashes > 0) {
      // Before a quote, two backslashes are one, and an odd one makes the quote a character.
      word = (word ?? '') + '\\'.repeat(backslashes >> 1)
      index += backslashes - 1
      if (backslashes % 2 === 1) {
        word += '"'
        index++
      }
    } else if (character === '"') {
      isQuoted = !isQuoted
      word ??= ''
    } else if (!isQuoted && /\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (isQuoted) return undefined
  if (word !== undefined) words.push(word)
  return words
}
