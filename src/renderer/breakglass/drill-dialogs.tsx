/** Before and after a drill: what it will be, and how it went. */
import {
  type DrillReport,
  type DrillStepReport,
  failedSteps,
  HAND_STEPS,
  missedSteps,
} from '#shared/breakglass-drill.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { Icon } from '../components/icon.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefreshAll } from '../hooks/use-data.ts'
import { drillStrings } from '../strings/drill.ts'

const words = drillStrings

/** @param props.name of the sealed credential it is a rehearsal for; null for none in particular */
export function StartDrill({ name, onClose }: { name: string | null; onClose: () => void }) {
  const starting = useBusy()
  const refresh = useRefreshAll()
  const start = (): void =>
    void starting.run(async () => {
      await call('breakglass.start-drill', name === null ? {} : { name })
      await refresh()
      onClose()
    })
  const leave = (): void => {
    // One that is being prepared is not to begin later, under somebody who went on to something else.
    if (starting.busy) void call('breakglass.stop-drill', undefined)
    onClose()
  }
  return (
    <Dialog
      title={words.ask.title(name)}
      lead={words.ask.lead}
      onClose={leave}
      onSubmit={start}
      footer={<FormFooter action={words.start} busy={starting.busy ? words.starting : undefined} onLeave={leave} />}
    >
      {starting.failure !== null && <ErrorNotice error={starting.failure} />}
      <div>
        <p className="label">{words.ask.steps}</p>
        <ol className="drill__steps drill__steps--ask">
          {HAND_STEPS.map((id) => (
            <li key={id}>
              <i className="drill__dot" />
              {words.titles[id]}
            </li>
          ))}
        </ol>
      </div>
      <p className="hint">{words.ask.after}</p>
    </Dialog>
  )
}

export function DrillReportDialog({ report, onClose }: { report: DrillReport; onClose: () => void }) {
  const [failed, missed] = [failedSteps(report).length, missedSteps(report).length]
  const left = failed + missed
  return (
    <Dialog
      title={words.report.title(left)}
      lead={
        <>
          <span data-volatile>{words.report.took(report.seconds)}</span>{' '}
          {left === 0 ? words.report.complete : words.report.left(failed, missed)}
          {left > 0 && report.name !== null && ` ${words.report.notCounted(report.name)}`}
        </>
      }
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button tone="primary" initialFocus shortcut="⏎" onClick={onClose}>
            {words.report.done}
          </Button>
        </>
      }
    >
      <ol className="plan">
        {report.steps.map((step) => (
          <ReportRow key={step.id} step={step} />
        ))}
      </ol>
    </Dialog>
  )
}

function ReportRow({ step: { id, done, seconds, note } }: { step: DrillStepReport }) {
  return (
    <li className="plan__row plan__row--sm">
      <Icon name={done ? 'check' : 'alert'} />
      <div className="plan__t">
        <strong>{words.titles[id]}</strong>
        {note !== null && <small>{note}</small>}
      </div>
      {done && seconds !== null ? (
        <span className="plan__s t3" data-volatile>
          {words.report.seconds(seconds)}
        </span>
      ) : (
        <span className="plan__s caution">{seconds === null ? words.report.missed : words.report.failed}</span>
      )}
    </li>
  )
}
