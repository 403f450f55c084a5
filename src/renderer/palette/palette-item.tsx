/** One line of the palette. */
import { useContext } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import { Icon } from '../components/icon.tsx'
import { Kbd } from '../components/kbd.tsx'
import { AccountId, EnvironmentBar } from '../components/marks.tsx'
import { KeyWaysContext } from '../hooks/key-ways.ts'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { useNow } from '../hooks/use-now.ts'
import { environmentLabel, environmentTone } from '../lib/environment.ts'
import { keyLabels, paletteKeyLabel } from '../lib/keys.ts'
import { viewSession } from '../lib/session-view.ts'
import { StateCell } from '../roles/state-cell.tsx'
import { strings } from '../strings.ts'
import type { Item, Marked } from './items.ts'
import { piecesOf } from './marking.ts'

export function PaletteItem(props: {
  item: Item
  id: string
  active: boolean
  onPoint: () => void
  onChoose: () => void
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field answers the keys for its active descendant
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
    <div
      id={props.id}
      className={props.active ? 'pal__item is-on' : 'pal__item'}
      role="option"
      aria-selected={props.active}
      onPointerMove={props.onPoint}
      onClick={props.onChoose}
    >
      <Content item={props.item} active={props.active} />
    </div>
  )
}

function Content({ item, active }: { item: Item; active: boolean }) {
  const { mac, singleKeys } = useContext(KeyWaysContext)
  switch (item.kind) {
    case 'role':
      return <RoleContent item={item} active={active} />
    case 'action': {
      const { command, role } = item
      const inPalette = command === undefined ? undefined : paletteKeyLabel(command, mac)
      const anywhere =
        command === undefined || role !== undefined ? undefined : keyLabels(command, { mac, singleKeys })[0]
      const key = active ? '⏎' : (inPalette ?? anywhere)
      return (
        <>
          <span className="pal__lead">
            <Icon name={item.icon} />
          </span>
          <span className="cut" title={item.label.text}>
            <Letters {...item.label} />
          </span>
          {item.note !== undefined && <span className="t3 pal__note">{item.note}</span>}
          <span className="pal__end">
            {inPalette !== undefined && active && <Kbd>{inPalette}</Kbd>}
            {key !== undefined && <Kbd>{key}</Kbd>}
          </span>
        </>
      )
    }
    case 'account': {
      const { account } = item
      return (
        <>
          <span className="pal__lead">
            <EnvironmentBar environment={account.environment} silent={account.environment !== null} />
          </span>
          {account.name !== null && (
            <span className="cut" title={item.name.text}>
              <Letters {...item.name} />
            </span>
          )}
          <span className={account.name === null ? 'pal__number' : 't2 pal__number'}>
            {item.number.places.length === 0 ? <AccountId id={account.accountId} /> : <Letters {...item.number} />}
          </span>
          <EnvironmentWord environment={account.environment} />
          <span className="pal__end">
            {strings.palette.notes.roles(account.roles)}
            {active && <Kbd>⏎</Kbd>}
          </span>
        </>
      )
    }
    case 'more':
      return (
        <>
          <span className="pal__lead">
            <Icon name="down" />
          </span>
          <span className="t2">{strings.palette.more(item.count)}</span>
          <span className="pal__end">{active && <Kbd>⏎</Kbd>}</span>
        </>
      )
  }
}

function RoleContent({ item, active }: { item: Item & { kind: 'role' }; active: boolean }) {
  const { role, places } = item
  return (
    <>
      <span className="pal__lead">
        <EnvironmentBar environment={role.environment} silent={role.environment !== null} />
      </span>
      <span className="cut pal__name" title={role.name}>
        <Letters text={role.name} places={places.name ?? []} />
      </span>
      <span
        className={role.accountName === null ? 't2 pal__number' : 't2 cut pal__alias'}
        title={role.accountName ?? undefined}
      >
        {role.accountName === null ? (
          <AccountNumber accountId={role.accountId} places={places.accountId} />
        ) : (
          <Letters text={role.accountName} places={places.account ?? []} />
        )}
      </span>
      <EnvironmentWord environment={role.environment} places={places.environment} />
      <Elsewhere role={role} places={places} />
      <span className="pal__end">
        <RoleState role={role} />
        {active && <Kbd>⏎</Kbd>}
      </span>
    </>
  )
}

function AccountNumber({ accountId, places }: { accountId: string; places: readonly number[] | undefined }) {
  return places === undefined ? <AccountId id={accountId} /> : <Letters text={accountId} places={places} />
}

function EnvironmentWord(props: { environment: RoleRow['environment']; places?: readonly number[] | undefined }) {
  if (props.environment === null) return null
  return (
    <span className={`env-${environmentTone(props.environment)} pal__env`}>
      <Letters text={environmentLabel(props.environment)} places={props.places ?? []} />
    </span>
  )
}

/** What was found where the line has no place of its own for it, so that nobody wonders why it is there. */
function Elsewhere({ role, places }: { role: RoleRow; places: (Item & { kind: 'role' })['places'] }) {
  const fields = (['roleName', 'profile', 'from', 'accountId'] as const).filter(
    (field) => places[field] !== undefined && (field !== 'accountId' || role.accountName !== null),
  )
  const [field] = fields
  if (field === undefined) return null
  return (
    <span className="t3 cut pal__note" title={role[field]}>
      {`${strings.palette.notes[field]} `}
      <Letters text={role[field]} places={places[field] ?? []} />
    </span>
  )
}

/** Ticks by itself, so that the list need not. */
function RoleState({ role }: { role: RoleRow }) {
  const now = useNow()
  const view = viewSession(role, useRoleActions().progressOf(role.name), now)
  return <StateCell role={role} view={view} now={now} />
}

function Letters({ text, places }: Marked) {
  if (places.length === 0) return text
  let at = 0
  return piecesOf(text, places).map((piece) => {
    const key = at
    at += piece.text.length
    return piece.marked ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>
  })
}
