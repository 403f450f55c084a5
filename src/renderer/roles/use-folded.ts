/** Which groups are folded, remembered by this computer: it is how a list is looked at, no setting of Hallpass. */
import { useState } from 'react'

const KEY = 'folded-groups'

export function useFolded(): [folded: ReadonlySet<string>, fold: (group: string, folded: boolean) => void] {
  const [folded, setFolded] = useState(read)
  return [
    folded,
    (group, fold) => {
      const next = new Set(folded)
      if (fold) next.add(group)
      else next.delete(group)
      setFolded(next)
      write(next)
    },
  ]
}

function read(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return new Set(Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : [])
  } catch {
    return new Set()
  }
}

function write(folded: ReadonlySet<string>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...folded]))
  } catch {
    // A full disk does not keep anybody from folding a group.
  }
}
