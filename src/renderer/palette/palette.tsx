/**
 * The command palette: a field and one list of roles, actions and places. The focus stays in the field, which names the
 * active line; a native modal dialog keeps everything else out of reach and gives the focus back when it closes.
 */
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { IdentityDetail } from '#shared/identities.ts'
import type { AppInfo } from '#shared/ipc.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { Icon } from '../components/icon.tsx'
import { commandOf, paletteCommandOf } from '../lib/keys.ts'
import { strings } from '../strings.ts'
import type { Deed, Item, RoleDeed, Scope } from './items.ts'
import { PaletteFoot } from './palette-foot.tsx'
import { PaletteField, PaletteFrame } from './palette-frame.tsx'
import { PaletteItem } from './palette-item.tsx'
import { useResults } from './use-results.ts'

/** What leaves the palette. */
export type LeavingDeed = Exclude<Deed, { kind: 'scope' | 'more' }>

export interface PaletteProps {
  readonly info: AppInfo | undefined
  readonly roles: readonly RoleRow[]
  readonly identities: readonly IdentityDetail[]
  readonly selected: string | null
  /** @param choice what is remembered as chosen, beside roles */
  readonly onDo: (deed: LeavingDeed, choice: string | null) => void
  readonly onClose: () => void
  /** What was typed before it was there. */
  readonly typed: RefObject<string>
}

/** A screen reader is told the count once typing rests. Milliseconds. */
const QUIET_MS = 600
const PAGE = 8

export function Palette(props: PaletteProps) {
  const { info, roles, onClose } = props
  const mac = info?.platform === 'darwin'
  const [query, setQuery] = useState(props.typed.current)
  const [scope, setScope] = useState<Scope | null>(null)
  const [isWhole, setWhole] = useState(false)
  const [active, setActive] = useState(0)
  /** What was typed before the scope was entered. */
  const outer = useRef('')
  const list = useRef<HTMLDivElement>(null)
  const id = useId()

  const shell = strings.pass.shells[info?.settings.shell ?? (info?.platform === 'win32' ? 'powershell' : 'env')]
  const selected = useMemo(
    () => roles.find((role) => role.name === props.selected) ?? roles[0] ?? null,
    [roles, props.selected],
  )
  const results = useResults({ query, scope, isWhole }, { roles, identities: props.identities, selected, shell })
  const items = results.sections.flatMap((section) => section.items)
  const at = Math.min(active, items.length - 1)
  const item: Item | undefined = items[at]
  const optionId = (index: number): string => `${id}-${index}`

  useLayoutEffect(() => {
    list.current?.querySelector('.is-on')?.scrollIntoView({ block: 'nearest' })
    if (at === 0) list.current?.scrollTo({ top: 0 })
  }, [at])

  const ask = (text: string): void => {
    setQuery(text)
    setWhole(false)
    setActive(0)
  }
  const enter = (into: Scope): void => {
    outer.current = query
    setScope(into)
    ask('')
  }
  const leave = (): void => {
    setScope(null)
    ask(outer.current)
  }
  const choose = (chosen: Item): void => {
    const { deed } = chosen
    if (deed.kind === 'scope') enter(deed.scope)
    else if (deed.kind === 'more') setWhole(true)
    else props.onDo(deed, deed.kind === 'role' ? null : chosen.id)
  }
  const move = (to: number): void => setActive(items.length === 0 ? 0 : (to + items.length) % items.length)

  const runCommand = (event: KeyboardEvent): boolean => {
    const command = paletteCommandOf(event, mac)
    const role = roleOf(item) ?? (scope?.kind === 'role' ? scope.role : undefined)
    if (command !== undefined && role !== undefined && !event.repeat) {
      props.onDo({ kind: 'role', command: command as RoleDeed, role }, null)
      return true
    }
    if (commandOf(event, { mac, singleKeys: true }, true) !== 'palette') return command !== undefined
    onClose()
    return true
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    const isHandled = runCommand(event) || onPlainKey(event)
    if (isHandled) event.preventDefault()
  }

  const onPlainKey = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    switch (event.key) {
      case 'ArrowDown':
        move(at + 1)
        return true
      case 'ArrowUp':
        move(at - 1)
        return true
      case 'PageDown':
        setActive(Math.max(0, Math.min(items.length - 1, at + PAGE)))
        return true
      case 'PageUp':
        setActive(Math.max(0, at - PAGE))
        return true
      case 'Enter':
        if (item !== undefined && !event.repeat) choose(item)
        return true
      case 'Tab':
        onTab(event.shiftKey)
        return true
      case 'Backspace':
        if (scope === null || query !== '') return false
        leave()
        return true
      case 'Escape':
        if (scope === null) onClose()
        else leave()
        return true
      default:
        return false
    }
  }

  /** Goes into what the line stands for; Shift goes back. It never leaves the field: there is nothing else to reach. */
  const onTab = (back: boolean): void => {
    if (back) {
      if (scope !== null) leave()
      return
    }
    const role = roleOf(item)
    if (item?.deed.kind === 'scope') enter(item.deed.scope)
    else if (role !== undefined && scope?.kind !== 'role') enter({ kind: 'role', role })
  }

  let index = -1
  return (
    <PaletteFrame onClose={onClose}>
      <PaletteField
        label={placeholderOf(scope)}
        scope={
          scope !== null && (
            <button type="button" className="pal__scope cut" tabIndex={-1} title={strings.palette.back} onClick={leave}>
              <span className="cut">{labelOf(scope)}</span>
              <Icon name="x" size={12} />
            </button>
          )
        }
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={item === undefined ? undefined : optionId(at)}
        value={query}
        onChange={(event) => ask(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="pal__list" role="listbox" id={`${id}-list`} aria-label={strings.palette.results} ref={list}>
        {results.sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, not field sets
          <div key={section.id} role="group" aria-label={section.heading}>
            <div className="pal__h cut" aria-hidden="true" title={section.heading}>
              {section.heading}
            </div>
            {section.items.map((one) => {
              const own = ++index
              return (
                <PaletteItem
                  key={one.id}
                  item={one}
                  id={optionId(own)}
                  active={own === at}
                  onPoint={() => setActive(own)}
                  onChoose={() => choose(one)}
                />
              )
            })}
          </div>
        ))}
      </div>
      {items.length === 0 && <Nothing query={query} isReading={results.isReading} />}
      <PaletteFoot item={item} scope={scope} mac={mac} />
      <Count total={results.total} query={query} />
    </PaletteFrame>
  )
}

/** What was asked stays. While roles are still read, nobody can say that there is none. */
function Nothing({ query, isReading }: { query: string; isReading: boolean }) {
  if (isReading) return <p className="pal__none">{strings.palette.reading}</p>
  return (
    <div className="pal__none">
      <Icon name="search" />
      <p>{strings.palette.nothing(query.trim())}</p>
      <p className="t3">{strings.palette.nothingHint}</p>
    </div>
  )
}

/** How much was found, said once typing rests, and not again while it stays the same. */
function Count({ total, query }: { total: number; query: string }) {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (query === '') return
    const timer = setTimeout(() => setSaid(strings.palette.found(total)), QUIET_MS)
    return () => clearTimeout(timer)
  }, [total, query])
  return (
    <p className="sr" role="status">
      {said}
    </p>
  )
}

/** The role that a line is about. */
function roleOf(item: Item | undefined): RoleRow | undefined {
  return item?.kind === 'role' || item?.kind === 'action' ? item.role : undefined
}

function labelOf(scope: Scope): string {
  return scope.kind === 'role' ? scope.role.name : scope.label
}

function placeholderOf(scope: Scope | null): string {
  if (scope === null) return strings.palette.placeholder
  const { placeholderRole, placeholderAccount } = strings.palette
  return scope.kind === 'role' ? placeholderRole(scope.role.name) : placeholderAccount(scope.label)
}
