/** A plan line by line, and what was found once all of it was made. */
import type { PlanStep, SetupResult } from '#shared/breakglass-setup.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { breakglassStrings } from '../strings/breakglass.ts'

const words = breakglassStrings.setup

export function PlanRow({ step, progress }: { step: PlanStep; progress: 'begun' | 'done' | undefined }) {
  const { id, subject, state, reason, calls } = step
  const isMade = progress === 'done'
  return (
    <li className="plan__row">
      {progress === 'begun' ? (
        <i className="spin" />
      ) : (
        <Icon name={isMade || state === 'exists' ? 'check' : state === 'differs' ? 'info' : 'plus'} />
      )}
      <div className="plan__t">
        <strong>{words.steps[id]}</strong> <span className="mono t2 cut">{subject}</span>
        <small className="cut">{reason ?? words.calls(calls.map(({ operation }) => operation).join(', '))}</small>
      </div>
      <span className={state === 'to-do' && !isMade ? 'plan__s caution' : 'plan__s t3'}>
        {isMade ? words.states.exists : words.states[state]}
      </span>
    </li>
  )
}

export function SetupDone({ result, onClose }: { result: SetupResult; onClose: () => void }) {
  return (
    <Dialog
      title={words.doneTitle(result.name)}
      {...(result.made.length === 0 ? { lead: words.doneNothing } : {})}
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button tone="primary" initialFocus shortcut="⏎" onClick={onClose}>
            {words.done}
          </Button>
        </>
      }
    >
      <ul className="plan">
        {result.checks.map(({ what, ok, note }) => (
          <li key={what} className="plan__row">
            <Icon name={ok ? 'check' : 'alert'} />
            <div className="plan__t">
              <strong>{words.checks[what]}</strong>
              {note !== null && <small className="cut">{note}</small>}
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
