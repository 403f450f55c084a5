/**
 * The profiles of Firefox and its containers.
 *
 * - `profiles.ini` has a section `[Profile0]` for each, with `Name`, `Path` and `IsRelative`; `[Install…]` sections say
 *   in `Default` which profile that installation opens.
 * - `containers.json` in a profile has `identities`, of which those with `public: true` are the person's. The four that
 *   Firefox makes itself have no name there, but a key of its translations.
 */
import { asObject, MOST_PROFILES, plainName, readJson } from './profile-names.ts'

export interface FirefoxProfile {
  readonly name: string
  /** As the file has it: relative to the file's folder, with `/`, or absolute. */
  readonly path: string
  readonly isRelative: boolean
  /** What Firefox opens when it is not told. */
  readonly isDefault: boolean
}

/** @returns `undefined` for text without any profile section. Sections that are no profiles are left out. */
export function readProfilesIni(text: string): FirefoxProfile[] | undefined {
  const sections = readSections(text)
  const profiles = sections.filter(({ title }) => /^Profile\d+$/.test(title))
  if (profiles.length === 0) return undefined
  const opened = sections.flatMap(({ title, keys }) => {
    const path = keys.get('Default')
    return title.startsWith('Install') && path !== undefined ? [path] : []
  })
  const found = new Map<string, FirefoxProfile>()
  for (const { keys } of profiles) {
    const name = plainName(keys.get('Name'))
    const path = plainName(keys.get('Path'))
    if (name === undefined || path === undefined || found.has(name)) continue
    const isDefault = opened.length > 0 ? opened.includes(path) : keys.get('Default') === '1'
    found.set(name, { name, path, isRelative: keys.get('IsRelative') !== '0', isDefault })
  }
  return [...found.values()].slice(0, MOST_PROFILES)
}

interface Section {
  readonly title: string
  readonly keys: ReadonlyMap<string, string>
}

function readSections(text: string): Section[] {
  const sections: { title: string; keys: Map<string, string> }[] = []
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const title = /^\[([^\]]*)\]\s*$/.exec(line)?.[1]
    if (title !== undefined) {
      sections.push({ title, keys: new Map() })
      continue
    }
    const at = line.indexOf('=')
    if (at > 0 && !/^[#;]/.test(line)) sections.at(-1)?.keys.set(line.slice(0, at), line.slice(at + 1))
  }
  return sections
}

/** What Firefox calls the containers it makes itself (its `browser/locales`, English). */
const OWN_CONTAINERS: Readonly<Record<string, string>> = {
  personal: 'Personal',
  work: 'Work',
  banking: 'Banking',
  shopping: 'Shopping',
}

/** Names of the containers, each once. @returns `undefined` for text that is no `containers.json` */
export function readContainers(text: string): string[] | undefined {
  const identities = asObject(readJson(text))?.identities
  if (!Array.isArray(identities)) return undefined
  const names = identities.flatMap((entry: unknown) => {
    const identity = asObject(entry)
    if (identity?.public !== true) return []
    const name = plainName(identity.name) ?? ownName(identity.l10nId ?? identity.l10nID)
    return name === undefined ? [] : [name]
  })
  return [...new Set(names)].slice(0, MOST_PROFILES)
}

/** `userContextWork.label`, and since 2023 `user-context-work`. */
function ownName(key: unknown): string | undefined {
  const word = typeof key === 'string' ? /^user-?context-?([a-z]+)(?:\.label)?$/i.exec(key)?.[1] : undefined
  return word === undefined ? undefined : OWN_CONTAINERS[word.toLowerCase()]
}
