/** Above the screen while a drill lasts: that nothing is real, what is done, what is next, and for how long it has run. */
import { type DrillProgress, type DrillReport, HAND_STEPS } from '#shared/breakglass-drill.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefreshAll } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { formatCountdown } from '../lib/time.ts'
import { drillStrings } from '../strings/drill.ts'

const words = drillStrings

export function DrillBar(props: { drill: DrillProgress; onReport: (report: DrillReport) => void }) {
  const { drill, onReport } = props
  const now = useNow()
  const refresh = useRefreshAll()
  const ending = useBusy()
  const next = HAND_STEPS.find((id) => !drill.done.includes(id))
  const elapsed = Math.max(0, Math.floor((now - Date.parse(drill.startedAt)) / 1000))
  const finish = (): void =>
    void ending.run(async () => {
      try {
        onReport(await call('breakglass.finish-drill', undefined))
      } catch (error) {
        // The drill is over all the same, and this bar with it.
        showToast(toHallpassError(error).message)
      }
      await refresh()
    })
  const stop = (): void =>
    void ending.run(async () => {
      await call('breakglass.stop-drill', undefined)
      await refresh()
    })
  return (
    <section className="bannerbar drill" aria-label={words.name}>
      <div className="drill__line">
        <Icon name="flask" />
        <div className="grow">
          <strong>{drill.name === null ? words.on : words.onFor(drill.name)}</strong>
          <p role="status">{next === undefined ? words.all : words.next[next]}</p>
        </div>
        <span className="drill__t" role="timer" aria-live="off" data-volatile>
          {formatCountdown(elapsed)}
        </span>
        <Button tone="quiet" disabled={ending.busy} onClick={stop}>
          {words.stop}
        </Button>
        <Button
          tone={next === undefined ? 'primary' : undefined}
          busy={ending.busy ? words.finishing : undefined}
          onClick={finish}
        >
          {words.finish}
        </Button>
      </div>
      <ol className="drill__steps">
        {HAND_STEPS.map((id) => {
          const isDone = drill.done.includes(id)
          return (
            <li key={id} className={isDone ? 'is-done' : undefined} aria-current={id === next ? 'step' : undefined}>
              {isDone ? <Icon name="check" size={14} /> : <i className="drill__dot" />}
              {words.titles[id]}
            </li>
          )
        })}
      </ol>
      {ending.failure !== null && <ErrorNotice error={ending.failure} />}
    </section>
  )
}
