/** Names for what comes in: the wanted one where possible, free of what is taken. */
import { nameField } from '#shared/fields.ts'

const LONGEST = 64

export interface NameChoice {
  readonly name: string
  /** Why it is not the one that was wanted, as a sentence; empty when it is. */
  readonly notes: readonly string[]
}

/** Gives each name once, whatever its case, beside those that are taken already. */
export class NameSpace {
  readonly #taken: Set<string>
  /** Where to go on counting: thousands of accounts may have the same role. */
  readonly #next = new Map<string, number>()

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(Array.from(taken, (name) => name.toLowerCase()))
  }

  /** @param wanted what it is called where it comes from */
  take(wanted: string): NameChoice {
    const clean = cleanName(wanted)
    const key = clean.toLowerCase()
    let name = clean
    for (let count = this.#next.get(key) ?? 2; this.#taken.has(name.toLowerCase()); count++) {
      name = withNumber(clean, count)
      this.#next.set(key, count + 1)
    }
    this.#taken.add(name.toLowerCase())
    if (name === wanted) return { name, notes: [] }
    const why = name === clean ? `Hallpass can’t use ${wanted} as a name` : `the name ${clean} is taken`
    return { name, notes: [`Called ${name}: ${why}.`] }
  }
}

/** Whether something of the wanted name may have been given this one. */
export function isNameFor(wanted: string, name: string): boolean {
  const clean = cleanName(wanted).toLowerCase()
  const lower = name.toLowerCase()
  return lower === clean || (lower.startsWith(`${clean}-`) && /^\d+$/.test(lower.slice(clean.length + 1)))
}

/** A name that Hallpass takes, as near to the wanted one as can be. */
function cleanName(wanted: string): string {
  if (nameField.safeParse(wanted).success) return wanted
  const safe = wanted
    .replaceAll(/[^A-Za-z0-9_.@+=,:/ -]/g, '-')
    .replaceAll(/ {2,}/g, ' ')
    .replace(/^[^A-Za-z0-9_]+/, '')
    .slice(0, LONGEST)
    .trimEnd()
  return safe === '' ? 'profile' : safe
}

function withNumber(name: string, count: number): string {
  const ending = `-${count}`
  return `${name.slice(0, LONGEST - ending.length).trimEnd()}${ending}`
}
