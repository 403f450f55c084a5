/**
 * The profiles of a Chromium browser. `Local State` in its data folder is JSON; `profile.info_cache` has an entry for
 * each profile, named by the profile's folder, with the name a person gave it.
 */
import { asObject, MOST_PROFILES, plainName, readJson } from './profile-names.ts'

export interface ChromiumProfile {
  /** Folder, as `--profile-directory` takes it: `Default`, `Profile 1`. */
  readonly folder: string
  readonly name: string
}

/** @returns `undefined` for text that is no `Local State`. Entries that are no profiles are left out. */
export function readLocalState(text: string): ChromiumProfile[] | undefined {
  const cache = asObject(asObject(asObject(readJson(text))?.profile)?.info_cache)
  if (cache === undefined) return undefined
  return Object.entries(cache)
    .flatMap(([folder, entry]) => {
      const info = asObject(entry)
      if (info === undefined || !isFolderName(folder)) return []
      return [{ folder, name: plainName(info.name) ?? folder }]
    })
    .slice(0, MOST_PROFILES)
}

/** A folder beside `Local State` and nowhere else. */
function isFolderName(folder: string): boolean {
  return plainName(folder) === folder && !/[/\\]/.test(folder) && !/^\.{1,2}$/.test(folder)
}
