/** How old a key is at least: the word first, then a bar with gaps where it becomes due and overdue. */
import { AGE_TICKS, keyAge } from '../lib/identity-view.ts'
import { setupStrings } from '../strings/setup.ts'

const words = setupStrings.identities.age
const TONES = { known: '', due: 'caution', overdue: 'danger' } as const
const BARS = { known: 'age', due: 'age age--due', overdue: 'age age--over' } as const

export function KeyAge({ addedAt, now }: { addedAt: string; now: number }) {
  const { days, state, percent } = keyAge(addedAt, now)
  return (
    <div title={words.why}>
      <div className="age__l">
        <b className={TONES[state]}>{words.states[state]}</b>
        <span>{words.days(days)}</span>
      </div>
      <svg className={BARS[state]} role="img" aria-label={words.spoken(days, state)}>
        <rect className="age__base" y="2" width="100%" height="4" rx="2" />
        <rect className="age__fill" y="2" width={`${percent}%`} height="4" rx="2" />
        {AGE_TICKS.map((tick) => (
          <line key={tick} className="age__tick" x1={`${tick}%`} x2={`${tick}%`} y1="1" y2="7" />
        ))}
      </svg>
    </div>
  )
}
