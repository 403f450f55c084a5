/** How often and how lately things are chosen, for what is offered first. */
import { z } from 'zod'

const useSchema = z.object({
  uses: z.int().nonnegative(),
  /** Milliseconds since the epoch. */
  lastUsedAt: z.number().nonnegative(),
})
export type Use = z.infer<typeof useSchema>

/** The name of something the palette offers beside roles, such as `section identities`. */
export const choiceField = z.string().min(1).max(160)

export const habitsSchema = z.object({
  /** Only roles that were started, opened or copied by a person. */
  roles: z.array(useSchema.extend({ name: z.string() })),
  choices: z.array(useSchema.extend({ id: choiceField })),
})
export type Habits = z.infer<typeof habitsSchema>
