/** Toasts: good news for six seconds, with one action at most. Errors never come as toasts. */
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

export function showToast(text: string, action?: ToastMessage['action']): void {
  queue.add({ text, action }, { timeout: SHOWN_FOR_MS })
}

/** Takes all of them away. */
export function clearToasts(): void {
  queue.clear()
}

/** Mount once. */
export function Toasts() {
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
