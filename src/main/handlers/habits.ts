/** What is chosen often. */
import type { HandlerParts, Handlers } from './parts.ts'

export function habitHandlers({ hallpass }: HandlerParts): Handlers<'habits'> {
  return {
    'habits.list': () => hallpass.habits.list(),
    'habits.note': ({ id }) => {
      hallpass.habits.note(id)
    },
  }
}
