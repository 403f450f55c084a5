/** The words of a start that say which state folder it is for. */

const FLAGS = ['--practice', '--remove-practice'] as const
export type RestartFlag = (typeof FLAGS)[number]

/** Whether this start was asked for with the flag. */
export function wasStartedWith(flag: RestartFlag, words: readonly string[] = process.argv): boolean {
  return words.includes(flag)
}

/** The words of a start, with other flags, and without a link that was followed then. */
export function restartWords(words: readonly string[], flags: readonly RestartFlag[]): string[] {
  const isKept = (word: string) => !(FLAGS as readonly string[]).includes(word) && !word.startsWith('hallpass:')
  return [...words.filter(isKept), ...flags]
}
