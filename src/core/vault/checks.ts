/** What every vault refuses before it does anything. */
import { HallpassError } from '#shared/errors.ts'

/** Entry names are made by Hallpass, never typed: a wrong one is a mistake in the program. */
export function checkEntry(entry: string): void {
  if (!/^[A-Za-z0-9/_-]{1,200}$/.test(entry)) throw new TypeError('A vault entry name has letters, digits, / - _ only.')
}

/**
 * @param place what the secret was to be stored in, as it is called in a sentence
 * @throws `input.invalid` for what can't be stored and come back the same
 */
export function checkSecret(secret: string, place: string): void {
  const problem =
    secret === ''
      ? 'it is empty'
      : secret.includes('\0')
        ? 'it contains a NUL character, where keychains cut it off'
        : secret.isWellFormed()
          ? undefined
          : 'it is not valid Unicode text'
  if (problem !== undefined)
    throw new HallpassError('input.invalid', `This secret can’t be stored in ${place}: ${problem}.`, {
      hint: 'Copy the secret again from where it was issued.',
    })
}
