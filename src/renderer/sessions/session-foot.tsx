/** Below the sessions: how many there are, and the keys for the selected one. In their place: why none is shown (yet). */
import { Button } from '../components/button.tsx'
import { Kbd } from '../components/kbd.tsx'
import { Empty } from '../components/notice.tsx'
import type { SessionFilter, SessionItem } from '../lib/session-list.ts'
import { strings } from '../strings.ts'

const words = strings.sessions

/** A search or filter without a result keeps what was asked. */
export function NothingShown(props: { query: string; filter: SessionFilter; onClear: () => void }) {
  const { query, filter, onClear } = props
  const title = query !== '' ? words.nothingTitle(query) : filter === 'expired' ? words.noneExpired : words.noneActive
  return (
    <Empty
      icon={query === '' ? 'clock' : 'search'}
      title={title}
      actions={
        <Button shortcut="Esc" onClick={onClear}>
          {query === '' ? words.showAll : words.clearSearch}
        </Button>
      }
    >
      {query === '' ? undefined : words.nothingText}
    </Empty>
  )
}

export function SessionsFoot(props: {
  active: number
  expired: number
  current: SessionItem | null
  onShowRole: () => void
}) {
  const { current } = props
  const live = current?.live === true
  const hint = (shortcut: string, does: string, wide = false) => (
    <span className={wide ? 'opt' : undefined}>
      <Kbd>{shortcut}</Kbd>
      {does}
    </span>
  )
  return (
    <div className="footbar">
      <span>{words.summary(props.active, props.expired)}</span>
      {current?.session.kind === 'role' && (
        <button type="button" className="linkbtn" onClick={props.onShowRole}>
          {words.showRole}
        </button>
      )}
      <span className="grow" />
      {hint('⏎', live ? strings.pass.renew : strings.pass.startShort)}
      {live && current?.session.kind === 'role' && hint('O', strings.keys.foot.console)}
      {live && hint('C', strings.keys.foot.copy)}
      {hint('E', live ? strings.pass.end : words.forget)}
    </div>
  )
}

/** Placeholder rows of the same height, for an answer that takes long. */
export function SessionsSkeleton() {
  return (
    <div className="rows" aria-hidden="true">
      {['a', 'b', 'c'].map((row) => (
        <div key={row} className="row">
          <span />
          <span className="skel skel--a" />
          <span className="skel skel--b" />
          <span className="skel skel--c sess__wide" />
          <span className="skel skel--d" />
        </div>
      ))}
    </div>
  )
}
