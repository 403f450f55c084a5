/** What the palette is drawn in, and what stands there until the palette has been loaded. */
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { Icon } from '../components/icon.tsx'
import { Kbd } from '../components/kbd.tsx'
import { strings } from '../strings.ts'

/** The browser's own modal dialog: the rest is inert, and the focus goes back to where it was. */
export function PaletteFrame(props: { onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it by key
    <dialog
      ref={dialog}
      className="pal"
      aria-label={strings.palette.title}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
      onClick={(event) => {
        // What is outside of the dialog counts as the dialog itself.
        if (event.target === event.currentTarget) props.onClose()
      }}
    >
      <div className="pal__box">{props.children}</div>
    </dialog>
  )
}

/** Takes what is typed meanwhile: behind it, the same letters would start and end sessions. */
export function PaletteWaiting({ typed, onClose }: { typed: RefObject<string>; onClose: () => void }) {
  return (
    <PaletteFrame onClose={onClose}>
      <div className="pal__in">
        <Icon name="search" />
        <input
          // biome-ignore lint/a11y/noAutofocus: what a dialog is opened for has the focus
          autoFocus
          type="text"
          aria-label={strings.palette.placeholder}
          placeholder={strings.palette.placeholder}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            typed.current = event.target.value
          }}
        />
        <Kbd>Esc</Kbd>
      </div>
    </PaletteFrame>
  )
}
