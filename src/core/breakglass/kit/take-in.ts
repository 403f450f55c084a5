import type { BreakGlassService } from '../service.ts'
import type { OpenedKit } from './kit.ts'

/** Room for a number at the end of a name. */
const LONGEST_BEFORE_NUMBER = 60

/**
 * Seals what a kit has. What is here stays: one of the same name gets a number.
 * @param names of those to take
 * @returns the names they got
 * @throws `breakglass.not-found` for a name that is not in it, and as `add`: those before it are sealed then
 */
export async function takeIn(
  { add, list }: Pick<BreakGlassService, 'add' | 'list'>,
  kit: OpenedKit,
  names: readonly string[],
): Promise<string[]> {
  const sealed: string[] = []
  for (const name of names) sealed.push((await add({ ...kit.take(name), name: freeName(name, list()) })).name)
  return sealed
}

function freeName(name: string, taken: readonly { readonly name: string }[]): string {
  const isTaken = (text: string) => taken.some((one) => one.name.toLowerCase() === text.toLowerCase())
  let number = 2
  let free = name
  while (isTaken(free)) free = `${name.slice(0, LONGEST_BEFORE_NUMBER)}-${number++}`
  return free
}
