/** Goes to the next role whose name begins with what is typed, where letters are not keys of their own. */
import { type KeyboardEvent, useRef } from 'react'
import { keyOf } from '../lib/role-copy.ts'
import { isGroup, type ListItem } from '../lib/role-list.ts'

/** What is typed after a longer pause begins anew. Milliseconds. */
const PAUSE = 1000

/** @returns finds what a key press leads to, beginning with the row at `from` */
export function useTypeAhead(): (
  event: KeyboardEvent,
  items: readonly ListItem[],
  from: number,
) => ListItem | undefined {
  const typed = useRef({ text: '', at: 0 })
  return (event, items, from) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return undefined
    const begun = event.timeStamp - typed.current.at < PAUSE ? typed.current.text : ''
    if (event.key === ' ' && begun === '') return undefined
    const text = begun + keyOf(event.key)
    typed.current = { text, at: event.timeStamp }
    return findStart(items, text, begun === '' ? from + 1 : from)
  }
}

/** The first role from that row on, and then from the top, whose name begins so. */
export function findStart(items: readonly ListItem[], text: string, from: number): ListItem | undefined {
  const begins = (item: ListItem): boolean => !isGroup(item) && keyOf(item.name).startsWith(text)
  const after = items.findIndex((item, at) => at >= from && begins(item))
  return after >= 0 ? items[after] : items.find(begins)
}
