/** What the break-glass screen shows around its slips: the ways to add one, and what stands there while there is none. */
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { ActionMenu } from '../components/menu.tsx'
import { breakglassStrings } from '../strings/breakglass.ts'
import { drillStrings } from '../strings/drill.ts'

const words = breakglassStrings

export interface AddWays {
  onSetup: () => void
  onFile: () => void
  onHand: () => void
  onKit: () => void
  /** Left out while there is a drill. */
  onDrill: (() => void) | undefined
}

export function AddMenu(props: AddWays) {
  const { onDrill } = props
  return (
    <ActionMenu
      label={words.add}
      className="btn btn--lg btn--primary"
      entries={[
        { id: 'setup', icon: 'shield', label: words.ways.setup, onAction: props.onSetup },
        // A drill takes no real secret in.
        ...(onDrill === undefined
          ? []
          : ([
              { id: 'file', icon: 'csv', label: words.ways.file, onAction: props.onFile },
              { id: 'hand', icon: 'edit', label: words.ways.hand, onAction: props.onHand },
              { id: 'kit', icon: 'import', label: words.ways.kit, onAction: props.onKit },
              'line',
              { id: 'drill', icon: 'flask', label: words.ways.drill, onAction: onDrill },
            ] as const)),
      ]}
    >
      <Icon name="plus" />
      {words.add}
    </ActionMenu>
  )
}

/** The slip a credential will be, with nothing in it: what it is above the seal, how it is handled below. */
export function EmptySlip(props: Pick<AddWays, 'onSetup' | 'onDrill'>) {
  return (
    <article className="pass sealed sealed--none">
      <div className="pass__top">
        <h2 className="sealed__name">{words.emptyTitle}</h2>
        <p className="t2">{words.emptyText}</p>
        <span className="btns sealed__ways">
          <Button tone="primary" icon="shield" onClick={props.onSetup}>
            {words.ways.setup}
          </Button>
          {props.onDrill !== undefined && (
            <Button icon="flask" onClick={props.onDrill}>
              {drillStrings.rehearse}
            </Button>
          )}
        </span>
      </div>
      <div className="tear">
        <span className="seal">
          <Icon name="lock" />
        </span>
      </div>
      <ul className="pass__stub recs">
        {words.points.map(([icon, title, text]) => (
          <li key={icon}>
            <Icon name={icon} />
            <div>
              <strong>{title}</strong>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </article>
  )
}
