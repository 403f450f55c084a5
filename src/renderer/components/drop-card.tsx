/** Where a file is dropped, or chosen. */
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export function DropCard(props: {
  title: string
  /** Leads up to the choice. */
  text: string
  choose: string
  /** A file hangs over the window. */
  over: boolean
  busy: boolean
  onChoose: () => void
}) {
  return (
    <div className={props.over ? 'drop drop--over' : 'drop'}>
      <Icon name="file" />
      <span className="grow">
        <strong>{props.title}</strong>
        {props.text}{' '}
        <button type="button" className="linkbtn" onClick={props.onChoose}>
          {props.choose}
        </button>
      </span>
      {props.busy && <i className="spin" />}
    </div>
  )
}

/** The same once there is a file. */
export function FilledCard(props: { icon: IconName; title: ReactNode; children?: ReactNode; action: ReactNode }) {
  return (
    <div className="drop drop--full">
      <Icon name={props.icon} />
      <span className="grow note__t">
        <strong>{props.title}</strong>
        {props.children}
      </span>
      {props.action}
    </div>
  )
}
