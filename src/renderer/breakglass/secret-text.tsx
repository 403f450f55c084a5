/**
 * A secret while somebody looks at it. It is written into the page and taken out again, and is never in the state of a
 * component, where it would stay for as long as anything remembers that.
 */
import { useEffect, useRef, useState } from 'react'
import type { RevealPart } from '#shared/breakglass.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { breakglassStrings } from '../strings/breakglass.ts'

const words = breakglassStrings.view
/** As many whatever the secret's length. */
const DOTS = '••••••••••••'

export interface SecretView {
  /** Where the secret is written. */
  readonly place: React.RefObject<HTMLSpanElement | null>
  readonly isShown: boolean
  readonly secondsLeft: number | null
  show(): void
  hide(): void
}

export function useSecret(opening: string, part: RevealPart, onFailure: (error: unknown) => void): SecretView {
  const place = useRef<HTMLSpanElement>(null)
  const [isShown, setShown] = useState(false)
  const [until, setUntil] = useState<number | null>(null)
  const wanted = useRef(false)
  const hide = (): void => {
    wanted.current = false
    if (place.current !== null) place.current.textContent = DOTS
    setShown(false)
    setUntil(null)
  }
  useEffect(() => {
    if (until === null) return
    const timer = window.setTimeout(hide, Math.max(0, until - Date.now()))
    return () => window.clearTimeout(timer)
  })
  return {
    place,
    isShown,
    secondsLeft: until === null ? null : Math.max(0, Math.ceil((until - Date.now()) / 1000)),
    show() {
      wanted.current = true
      call('breakglass.reveal', { opening, part })
        .then(({ value, secondsLeft }) => {
          // Let go of before it came: recorded, and not shown.
          if (!wanted.current || place.current === null) return
          place.current.textContent = part === 'code' ? inThrees(value) : value
          setShown(true)
          if (secondsLeft !== null) setUntil(Date.now() + secondsLeft * 1000)
        })
        .catch(onFailure)
    },
    hide,
  }
}

/** As a code is read aloud. */
function inThrees(code: string): string {
  return code.replaceAll(/\d{3}(?=\d)/g, '$& ')
}

export function SecretText({ view, label }: { view: SecretView; label: string }) {
  return (
    <span
      className={view.isShown ? 'mono sel secret' : 'dots'}
      role="status"
      aria-label={view.isShown ? label : words.hidden}
    >
      <span ref={view.place}>{DOTS}</span>
    </span>
  )
}

/** Held, by pointer or Space; or pressed once to show and once more to hide, where the person has set it so. */
export function PeekButton({ view, label, toggle }: { view: SecretView; label: string; toggle: boolean }) {
  if (toggle) {
    return (
      <Button icon="eye" label={`${words.peekToggle}: ${label}`} onClick={view.isShown ? view.hide : view.show}>
        {view.isShown ? words.hide : words.showCode}
      </Button>
    )
  }
  return (
    <button
      type="button"
      className="btn"
      aria-label={`${words.peek}: ${label}`}
      title={words.peek}
      onPointerDown={view.show}
      onPointerUp={view.hide}
      onPointerLeave={view.hide}
      onBlur={view.hide}
      onKeyDown={(event) => {
        if (event.key !== ' ' && event.key !== 'Enter') return
        event.preventDefault()
        if (!event.repeat) view.show()
      }}
      onKeyUp={(event) => {
        if (event.key === ' ' || event.key === 'Enter') view.hide()
      }}
    >
      <Icon name="eye" />
      {words.showCode}
    </button>
  )
}
