/** Dialogs: focus stays inside and returns to the opener, Esc always leaves, long ones scroll while buttons stay. */
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { Environment } from '#shared/fields.ts'
import { noteOpener, returnToOpener } from '../lib/dialog-opener.ts'
import { environmentLabel, environmentTone } from '../lib/environment.ts'
import { EnvironmentBar } from './marks.tsx'

export function Dialog(props: {
  title: string
  /** The line below the title. */
  lead?: ReactNode
  /** Shown above the title, for what belongs to an environment. */
  environment?: Environment | null | undefined
  size?: 'sm' | 'lg'
  /** For a question that must be answered before anything else. */
  alert?: boolean
  onClose: () => void
  /** With it, the dialog is a form and Enter in a field submits. */
  onSubmit?: () => void
  onKey?: (key: string) => boolean
  footer: ReactNode
  children?: ReactNode
}) {
  const { environment, onClose, onSubmit, onKey } = props
  const content = (
    <>
      <div className="dialog__b">
        <div>
          {environment !== undefined && environment !== null && (
            <div className={`dialog__env env-${environmentTone(environment)}`}>
              <EnvironmentBar environment={environment} small silent />
              {environmentLabel(environment)}
            </div>
          )}
          <Heading slot="title" level={2}>
            {props.title}
          </Heading>
          {props.lead !== undefined && <p>{props.lead}</p>}
        </div>
        {props.children}
      </div>
      <div className="dialog__f">{props.footer}</div>
    </>
  )
  return (
    <ModalOverlay className="scrim" isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal className={props.size === undefined ? 'dialog' : `dialog dialog--${props.size}`}>
        <AriaDialog className="dialog__box" role={props.alert ? 'alertdialog' : 'dialog'}>
          <InitialFocus />
          {onKey !== undefined && <KeyListener onKey={onKey} />}
          {onSubmit === undefined ? (
            content
          ) : (
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault()
                onSubmit()
                focusFirstProblem(event.currentTarget)
              }}
            >
              {content}
            </form>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Puts the focus where the dialog wants it, before the dialog takes it for itself; and back to who opened it. */
function InitialFocus() {
  const place = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    noteOpener()
    return returnToOpener
  }, [])
  useEffect(() => {
    const box = place.current?.closest('.dialog')
    box?.querySelector<HTMLElement>('[data-initial-focus]')?.focus()
  }, [])
  return <span ref={place} hidden />
}

/** Once they are drawn, the first field with a problem has the focus: it is what the person has to do next. */
function focusFirstProblem(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}

/** Single keys of a dialog, wherever the focus is inside it. */
function KeyListener({ onKey }: { onKey: (key: string) => boolean }) {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      if (onKey(event.key.toLowerCase())) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [onKey])
  return null
}
