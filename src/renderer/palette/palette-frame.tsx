/** What the palette is drawn in, and what stands there until the palette has been loaded. */
import { type ComponentProps, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
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

/** The field, after what it is narrowed to. */
export function PaletteField(props: ComponentProps<'input'> & { label: string; scope?: ReactNode }) {
  const { label, scope, ...input } = props
  return (
    <div className="pal__in">
      <Icon name="search" />
      {scope}
      <input
        // biome-ignore lint/a11y/noAutofocus: what a dialog is opened for has the focus
        autoFocus
        type="text"
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        {...input}
      />
      <Kbd>Esc</Kbd>
    </div>
  )
}

/** Takes what is typed meanwhile: behind it, the same letters would start and end sessions. */
export function PaletteWaiting({ typed, onClose }: { typed: RefObject<string>; onClose: () => void }) {
  return (
    <PaletteFrame onClose={onClose}>
      <PaletteField
        label={strings.palette.placeholder}
        onChange={(event) => {
          typed.current = event.target.value
        }}
      />
    </PaletteFrame>
  )
}
