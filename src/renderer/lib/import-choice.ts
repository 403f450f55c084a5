/** Which profiles are to be imported: a role never without what it starts from. */
import type { IdentityCenterFound, ImportItem } from '#shared/import.ts'

/** Those that importing would add. */
export function importable(items: readonly ImportItem[]): ImportItem[] {
  return items.filter(({ outcome }) => outcome === 'identity' || outcome === 'role')
}

/** The choice with one profile taken in or out, and with it what it needs, or what needs it. */
export function choose(
  chosen: ReadonlySet<string>,
  items: readonly ImportItem[],
  profile: string,
  isChosen: boolean,
): ReadonlySet<string> {
  const next = new Set(chosen)
  // Grows while it is walked.
  const along = new Set([profile])
  const open = importable(items)
  for (const one of along) {
    for (const item of open) {
      const belongs = isChosen
        ? open.some((other) => other.profile === one && other.needs.includes(item.profile))
        : item.needs.includes(one)
      if (belongs) along.add(item.profile)
    }
  }
  for (const one of along) {
    if (isChosen) next.add(one)
    else next.delete(one)
  }
  return next
}

/** Long-term keys that stand in the files in plain text, each once. */
export function plaintextKeys(items: readonly ImportItem[]): number {
  const keys = items.filter(({ plaintextKey }) => plaintextKey)
  return new Set(keys.map(({ accessKeyId, profile }) => accessKeyId ?? profile)).size
}

/** Profiles whose plaintext key could be moved: those of keys that are chosen, or in Hallpass already. */
export function movable(items: readonly ImportItem[], chosen: ReadonlySet<string>): ImportItem[] {
  return items.filter(
    ({ plaintextKey, outcome, profile }) =>
      plaintextKey && (outcome === 'known' || (outcome === 'identity' && chosen.has(profile))),
  )
}

/** Identity Centers that become identities with what is chosen. */
export function signInsFor(
  centers: readonly IdentityCenterFound[],
  chosen: ReadonlySet<string>,
): readonly IdentityCenterFound[] {
  return centers.filter(({ outcome, roles }) => outcome === 'new' && roles.some(({ profile }) => chosen.has(profile)))
}
