/** Toasts: good news for six seconds, with one action at most. Errors never come as toasts. */
import { useEffect } from 'react'
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import { strings } from '../strings.ts'

interface ToastMessage {
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
}

const SHOWN_FOR_MS = 6000
const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 2 })
/** What had the focus last that is no toast. */
let before: HTMLElement | null = null

export function showToast(text: string, action?: ToastMessage['action']): void {
  queue.add({ text, action }, { timeout: SHOWN_FOR_MS })
}

/** Takes all of them away. */
export function clearToasts(): void {
  leaveToasts()
  queue.clear()
}

/**
 * Gives the focus back, before the toast that has it goes. React tells nobody of a blur when what is focused is removed
 * (facebook/react#25194): the region would count that toast as focused still, and when the next one in its place goes, take
 * the focus from wherever the person types by then.
 */
function leaveToasts(): void {
  const { activeElement } = document
  if (!(activeElement instanceof HTMLElement) || !isToast(activeElement)) return
  activeElement.blur()
  if (before?.isConnected) before.focus({ preventScroll: true })
}

function isToast(element: Element): boolean {
  return element.closest('.toasts') !== null
}

/** Mount once. */
export function Toasts() {
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement && !isToast(target)) before = target
    }
    document.addEventListener('focusin', note)
    return () => document.removeEventListener('focusin', note)
  }, [])
  return (
    <ToastRegion queue={queue} className="toasts" aria-label={strings.toasts}>
      {({ toast }) => (
        <AriaToast toast={toast} className="toast">
          <ToastContent>
            <span slot="title">{toast.content.text}</span>
          </ToastContent>
          {toast.content.action !== undefined && (
            <button
              type="button"
              onClick={() => {
                leaveToasts()
                queue.close(toast.key)
                toast.content.action?.run()
              }}
            >
              {toast.content.action.label}
            </button>
          )}
        </AriaToast>
      )}
    </ToastRegion>
  )
}
