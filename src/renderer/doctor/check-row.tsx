/** One check: what was found, why it matters, what to do. */
import type { DoctorCheck } from '#shared/doctor.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { doctorStrings as words } from '../strings/doctor.ts'

type Next = NonNullable<DoctorCheck['next']>

export function CheckRow(props: { check: DoctorCheck; busy: boolean; onAct: (next: Next) => void }) {
  const { state, title, why, next } = props.check
  const label = next === null ? undefined : actionOf(next)
  return (
    <li className="checkrow">
      <span className={state === 'fail' ? 'danger' : 'caution'} title={words.states[state]}>
        <Icon name="alert" />
        <span className="sr">{words.states[state]}:</span>
      </span>
      <div className="checkrow__t sel">
        <strong>{title}</strong>
        {why !== null && <p data-volatile>{why}</p>}
        {next !== null && (
          <p>
            {next.text}{' '}
            {next.command !== null && (
              <code className="mono" data-volatile>
                {next.command}
              </code>
            )}
          </p>
        )}
      </div>
      {next !== null && label !== undefined && (
        <Button
          busy={props.busy && next.repair !== null ? words.repairing : undefined}
          onClick={() => props.onAct(next)}
        >
          {label}
        </Button>
      )}
    </li>
  )
}

export function PassedRow({ check }: { check: DoctorCheck }) {
  return (
    <li className="checkrow">
      <span className="ok" title={words.states.ok}>
        <Icon name="check" />
        <span className="sr">{words.states.ok}:</span>
      </span>
      <div className="checkrow__t sel">
        <span data-volatile>{check.title}</span>
        {check.why !== null && <p>{check.why}</p>}
      </div>
    </li>
  )
}

function actionOf({ repair, place }: Next): string | undefined {
  if (repair !== null) return words.repairs[repair]
  return place === null ? undefined : words.places[place]
}
