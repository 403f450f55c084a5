/** Something done to several roles, role by role: what fails for one is no reason to leave out the others. */
import type { HallpassError } from '#shared/errors.ts'

/** What became of one of them. */
export interface Outcome {
  readonly name: string
  /** null when it was done. */
  readonly error: HallpassError | null
}

/** One after the other, in order. @param toError makes of whatever was thrown what can be told */
export async function runEach(
  names: readonly string[],
  work: (name: string) => Promise<unknown>,
  toError: (thrown: unknown) => HallpassError,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const name of names) {
    outcomes.push(
      await work(name).then(
        () => ({ name, error: null }),
        (thrown: unknown) => ({ name, error: toError(thrown) }),
      ),
    )
  }
  return outcomes
}

export function failedOf(outcomes: readonly Outcome[]): (Outcome & { readonly error: HallpassError })[] {
  return outcomes.flatMap(({ name, error }) => (error === null ? [] : [{ name, error }]))
}

/** What is known after some were tried again: the new word for those, the old one for the others. */
export function afterRetry(before: readonly Outcome[], again: readonly Outcome[]): Outcome[] {
  const news = new Map(again.map((outcome) => [outcome.name, outcome]))
  return before.map((outcome) => news.get(outcome.name) ?? outcome)
}
