/** A unified diff as rows to draw. */

export interface DiffRow {
  readonly kind: 'file' | 'place' | 'same' | 'added' | 'removed' | 'note'
  readonly text: string
}

const PLACE = /^@@ -\d+,(\d+) \+\d+,(\d+) @@/

/** @param diff as core makes it: for each file a `---` and a `+++` line, then places with their lines */
export function toDiffRows(diff: string): DiffRow[] {
  const rows: DiffRow[] = []
  // A removed line may look like a file's header: only the counts of its place tell.
  let before = 0
  let after = 0
  for (const line of diff.split('\n')) {
    const place = PLACE.exec(line)
    if (line.startsWith('\\')) rows.push({ kind: 'note', text: line.slice(2) })
    else if (before > 0 || after > 0) {
      const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same'
      if (kind !== 'added') before--
      if (kind !== 'removed') after--
      rows.push({ kind, text: line.slice(1) })
    } else if (place) {
      before = Number(place[1])
      after = Number(place[2])
      rows.push({ kind: 'place', text: line })
    } else if (line.startsWith('+++ ')) rows.push({ kind: 'file', text: line.slice(4) })
  }
  return rows
}
