/** The words of a restart: one flag at a time, and no link followed twice. */
import { expect, it } from 'vitest'
import { restartWords, wasStartedWith } from '../../../src/main/restart-words.ts'

it.each([
  [['.'], ['--practice'], ['.', '--practice']],
  [['.', '--practice'], [], ['.']],
  [['.', '--practice'], ['--remove-practice'], ['.', '--remove-practice']],
  [['.', '--remove-practice', 'hallpass://role/x'], ['--practice'], ['.', '--practice']],
] as const)('%j with %j becomes %j', (words, flags, expected) => {
  expect(restartWords(words, flags)).toEqual(expected)
})

it('knows its flag', () => {
  expect(wasStartedWith('--practice', ['electron', '.', '--practice'])).toBe(true)
  expect(wasStartedWith('--practice', ['electron', '.', '--remove-practice'])).toBe(false)
})
