/** What has changed since a version, out of the change log. */

export interface Release {
  readonly version: string
  readonly entries: readonly string[]
}

/** Releases of a change log: `## 1.2.3` and the list below it, the newest first as they stand there. */
export function releasesOf(changelog: string): Release[] {
  const releases: { version: string; entries: string[] }[] = []
  for (const line of changelog.split('\n')) {
    const version = /^## \[?(\d+\.\d+\.\d+[\w.-]*)/.exec(line)?.[1]
    const entry = /^[-*] (.+)/.exec(line)?.[1]
    const more = /^ {2,}(\S.*)/.exec(line)?.[1]
    const last = releases.at(-1)
    if (version !== undefined) releases.push({ version, entries: [] })
    else if (entry !== undefined) last?.entries.push(plain(entry))
    else if (more !== undefined && last && last.entries.length > 0) {
      last.entries.push(`${last.entries.pop()} ${plain(more)}`)
    }
  }
  return releases
}

/** Releases after `seen` and up to `version`. */
export function newsSince(changelog: string, seen: string, version: string): Release[] {
  return releasesOf(changelog).filter(
    (release) => compareVersions(release.version, seen) > 0 && compareVersions(release.version, version) <= 0,
  )
}

/** Below, at or above 0, by numbers and not by letters. */
export function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

/** Without the marks of Markdown that change logs use. */
function plain(text: string): string {
  return text.replaceAll(/[`*]/g, '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}
