/** Calls about the practice account. Both restart the app: practice and real life are never in one process. */
import { z } from 'zod'
import { none } from './common.ts'

export const PRACTICE_CALLS = {
  'practice.enter': { request: none, reply: none },
  /** `remove` takes away everything that was made in it, profiles in the AWS files included. */
  'practice.leave': { request: z.object({ remove: z.boolean() }), reply: none },
} as const
