/** The doors into the console, one to be chosen: the proposed one first, with what speaks for it. */
import { useId } from 'react'
import type { ConsoleDoor, DoorOption } from '#shared/console.ts'
import { strings } from '../strings.ts'

const words = strings.doors
const ABOUT: Readonly<Record<ConsoleDoor, string | undefined>> = {
  'switch-role': strings.pass.switchLinkAbout,
  'sign-in': strings.pass.signInLinkAbout,
  'identity-center': undefined,
}

export function DoorChoice(props: {
  doors: readonly DoorOption[]
  value: ConsoleDoor
  onChange: (door: ConsoleDoor) => void
}) {
  const { doors, value, onChange } = props
  const id = useId()
  // Of a role that has nothing to do with Identity Center, nothing is said of it.
  const shown = doors.filter(({ reason }) => reason.code !== 'no-identity-center')
  return (
    <fieldset className="doors full">
      <legend className="label">{words.link}</legend>
      {shown.map(({ door, possible, reason }, index) => {
        const isProposed = index === 0 && possible
        const about = isProposed || !possible ? reason.text : (ABOUT[door] ?? reason.text)
        return (
          <label key={door} className={door === value ? 'door is-on' : 'door'}>
            <input
              className="sr door__input"
              type="radio"
              name={id}
              checked={door === value}
              disabled={!possible}
              aria-describedby={`${id}-${door}`}
              onChange={() => onChange(door)}
            />
            <span className="door__mark" />
            <span className="door__t">
              {words.titles[door]}
              {isProposed && <span className="tag">{words.proposed}</span>}
            </span>
            <small id={`${id}-${door}`}>{about}</small>
          </label>
        )
      })}
    </fieldset>
  )
}
