/** Calls about what is chosen often. */
import { z } from 'zod'
import { choiceField, habitsSchema } from '#shared/habits.ts'
import { none } from './common.ts'

export const HABITS_CALLS = {
  'habits.list': { request: none, reply: habitsSchema },
  /** Something of the palette that is no role has been chosen. */
  'habits.note': { request: z.object({ id: choiceField }), reply: none },
} as const
