/** Notices: the first sentence is the fact, the second what to do. What AWS or the system said is under Details. */
import { type ReactNode, useState } from 'react'
import type { HallpassError } from '#shared/errors.ts'
import { type NextStepHandlers, nextSteps } from '../lib/next-steps.ts'
import { strings } from '../strings.ts'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'

export type NoticeTone = 'info' | 'caution' | 'danger'

const ICONS: Record<NoticeTone, IconName> = { info: 'info', caution: 'alert', danger: 'alert' }

export function Notice(props: {
  tone?: NoticeTone
  title: string
  children?: ReactNode
  icon?: IconName
  actions?: ReactNode
  /** Says it at once to a screen reader. */
  alert?: boolean
}) {
  const tone = props.tone ?? 'info'
  const className = `note${tone === 'info' ? '' : ` note--${tone}`}${props.actions === undefined ? '' : ' note--act'}`
  return (
    <div className={className} role={props.alert ? 'alert' : undefined}>
      <Icon name={props.icon ?? ICONS[tone]} />
      <div className="grow note__t sel">
        <strong>{props.title}</strong> {props.children}
      </div>
      {props.actions !== undefined && <span className="btns">{props.actions}</span>}
    </div>
  )
}

/** A failure: what happened, why if known, what to do. */
export function ErrorNotice(props: {
  error: HallpassError
  /** What was tried, such as "Could not start". */
  title?: string
  actions?: ReactNode
  /** What the screen can do about it: the steps that help come as buttons. */
  next?: NextStepHandlers
}) {
  const { error, title } = props
  const steps = props.next === undefined ? [] : nextSteps(error.code, props.next)
  const actions =
    props.actions ??
    (steps.length === 0
      ? undefined
      : steps.map(({ label, run }) => (
          <Button key={label} onClick={run}>
            {label}
          </Button>
        )))
  const [open, setOpen] = useState(false)
  const tone = error.code.startsWith('vault.') || error.code.startsWith('network.') ? 'caution' : 'danger'
  return (
    <Notice tone={tone} title={title ?? error.message} alert actions={actions}>
      {title !== undefined && `${error.message} `}
      {error.hint}
      {error.details !== undefined && (
        <>
          {' '}
          <button type="button" className="linkbtn" aria-expanded={open} onClick={() => setOpen(!open)}>
            {strings.details}
          </button>
          {open && <span className="note__details mono">{error.details}</span>}
        </>
      )}
    </Notice>
  )
}

/** Nothing to show: one icon, one sentence, one or two actions. */
export function Empty(props: { icon: IconName; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={props.icon} />
      <strong>{props.title}</strong>
      {props.children !== undefined && <span>{props.children}</span>}
      {props.actions !== undefined && <div className="btns">{props.actions}</div>}
    </div>
  )
}

/** A whole screen could not be read. */
export function FailedScreen(props: { error: HallpassError; onRetry: () => void }) {
  return (
    <div className="failed">
      <ErrorNotice error={props.error} actions={<Button onClick={props.onRetry}>{strings.tryAgain}</Button>} />
    </div>
  )
}
