/** Sealed credentials for emergencies: what they are for, as long as there is none. */
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Empty } from '../components/notice.tsx'
import type { ScreenProps } from '../frame/section-screen.tsx'
import { useRefresh } from '../hooks/use-data.ts'
import { breakglassStrings } from '../strings/breakglass.ts'

const words = breakglassStrings

export function BreakGlassScreen({ info }: ScreenProps) {
  const refresh = useRefresh()
  const vault = info?.vault.state ?? 'unlocked'
  return (
    <>
      <header className="topbar">
        <div className="grow">
          <h1>{words.title}</h1>
        </div>
      </header>
      <div className="page page--empty" data-region="list" tabIndex={-1}>
        {vault === 'unlocked' ? (
          <div className="page__in seals--none">
            <SealedSlip />
            <p className="t3 seals__plan">{words.plan}</p>
          </div>
        ) : (
          <Empty
            icon="lock"
            title={words.lockedTitle[vault]}
            actions={<Button onClick={() => void refresh()}>{words.again}</Button>}
          >
            {words.lockedText}
          </Empty>
        )}
      </div>
    </>
  )
}

/** The slip a credential will be, with nothing in it: what it is above the seal, how it is handled below. */
function SealedSlip() {
  return (
    <article className="pass sealed sealed--none">
      <div className="pass__top">
        <h2 className="sealed__name">{words.emptyTitle}</h2>
        <p className="t2">{words.emptyText}</p>
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
