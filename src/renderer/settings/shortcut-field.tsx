/** Takes a shortcut by having it pressed. Esc leaves, Backspace removes it. */
import { type KeyboardEvent, useId, useState } from 'react'
import { acceleratorKeys, acceleratorOf } from '#shared/accelerator.ts'
import { buttonClass } from '../components/button.tsx'
import { FieldMessage } from '../components/field.tsx'
import { Kbd } from '../components/kbd.tsx'
import { strings } from '../strings.ts'
import { SettingLine } from './setting-line.tsx'

const words = strings.settings.shortcut

export function ShortcutField(props: {
  label: string
  hint: string
  /** An accelerator; null for none. */
  value: string | null
  mac: boolean
  /** Why it is not in force, such as that another app has it. */
  problem?: string | undefined
  onChange: (value: string | null) => void
}) {
  const { label, value, mac, onChange } = props
  const [recording, setRecording] = useState(false)
  const [refused, setRefused] = useState<string>()
  const aboutId = useId()
  const stop = (): void => {
    setRecording(false)
    setRefused(undefined)
  }
  const take = (next: string | null): void => {
    stop()
    if (next !== value) onChange(next)
  }

  const record = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (!recording || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    const pressed = acceleratorOf(event, mac)
    if (plain && event.key === 'Escape') stop()
    else if (plain && (event.key === 'Backspace' || event.key === 'Delete')) take(null)
    else if (typeof pressed === 'object') take(pressed.accelerator)
    else if (pressed !== 'pending') setRefused(words.refused[pressed])
  }

  const keys = value === null ? [] : acceleratorKeys(value, mac)
  const problem = refused ?? props.problem
  const about = recording && problem === undefined ? words.hint : undefined
  const below =
    problem === undefined && about === undefined ? undefined : (
      <FieldMessage id={aboutId} problem={problem} hint={about} />
    )
  return (
    <SettingLine label={label} hint={props.hint} below={below}>
      <span className="setting__keys">
        <span className="sr">{keys.join(' ') || words.none}</span>
        {keys.length === 0 && !recording && (
          <span className="t3" aria-hidden="true">
            {words.none}
          </span>
        )}
        {!recording && keys.map((key) => <Kbd key={key}>{key}</Kbd>)}
        <button
          type="button"
          className={buttonClass({ tone: recording ? 'primary' : 'plain' })}
          aria-label={`${label}: ${recording ? words.recording : words.change}`}
          aria-describedby={below === undefined ? undefined : aboutId}
          onKeyDown={record}
          onBlur={stop}
          onClick={() => (recording ? stop() : setRecording(true))}
        >
          {recording ? words.recording : words.change}
        </button>
      </span>
    </SettingLine>
  )
}
