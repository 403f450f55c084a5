/**
 * `hallpass __complete KIND`, which the completion scripts of shells run while a person waits for the next letter: one
 * name a line, with a few words about it after a tab. Loads no library, opens the store to read, asks nobody, and where
 * something is in the way it gives no names instead of an error.
 */
import { join } from 'node:path'
import { stateFolder } from '#core/state-folder.ts'
import { type ListedName, listNames, NAME_KINDS } from '#core/store/name-list.ts'
import { writeOut } from './output/write-out.ts'
import type { StartOptions } from './start.ts'

/** @returns the exit code */
export async function run({ words }: StartOptions): Promise<number> {
  const names = await namesOf(words[1] ?? '').catch(() => [])
  // A name that would break the lines apart is none that Hallpass stores.
  const lines = names.filter(({ name, about }) => !/\p{Cc}/u.test(name + about))
  return writeOut(lines.map(({ name, about }) => `${name}\t${about}\n`).join(''))
}

async function namesOf(word: string): Promise<ListedName[]> {
  if (word === 'aws-profiles') return (await import('#core/awsfiles/name-list.ts')).listAwsProfiles(process.env)
  const kind = NAME_KINDS.find((each) => each === word)
  return kind ? listNames(join(stateFolder(process.env), 'hallpass.db'), kind, Date.now()) : []
}
