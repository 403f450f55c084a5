/** Into the practice account and out of it. */
import { removePracticeProfiles } from '#core/practice/world.ts'
import { restart } from '../restart.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function practiceHandlers({ hallpass }: HandlerParts): Handlers<'practice'> {
  return {
    'practice.enter': () => {
      if (!hallpass.isPractice) restart(['--practice'])
    },
    'practice.leave': async ({ remove }) => {
      if (!hallpass.isPractice) return
      // The folder itself goes at the next start, when nothing is open in it.
      if (remove) await removePracticeProfiles(hallpass)
      restart(remove ? ['--remove-practice'] : [])
    },
  }
}
