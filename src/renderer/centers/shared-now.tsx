/** A sign-in that the AWS CLI has too: the lines that work with it, and the way back. */
import { type ShareLine, shareLine } from '#shared/identity-center-view.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button, CopyButton } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { centerStrings } from '../strings/centers.ts'
import { strings } from '../strings.ts'

const words = centerStrings.share

export function SharedNow(props: { name: string; session: string; isOut: boolean; onClose: () => void }) {
  const { name, session, isOut, onClose } = props
  const stopping = useBusy()
  const copying = useBusy()
  const refresh = useRefresh()
  const shareAgain = async (): Promise<void> => {
    try {
      await call('centers.share', { name, session })
      await refresh()
    } catch (caught) {
      showToast(words.undone(name, toHallpassError(caught).message))
    }
  }
  const stop = (): void =>
    void stopping.run(async () => {
      await call('centers.share', { name, session: null })
      // First it goes: what it says is over, and the form for sharing is not to flash up.
      onClose()
      await refresh()
      showToast(words.stopped(name), { label: strings.undo, run: () => void shareAgain() })
    })
  const copy = (line: ShareLine): void =>
    void copying.run(async () => {
      await call('centers.copy-share-line', { name, line })
      showToast(strings.copied(shareLine(session, line)))
    })
  const failure = stopping.failure ?? copying.failure
  return (
    <Dialog
      title={words.sharedTitle(name)}
      lead={words.sharedLead(session)}
      onClose={onClose}
      footer={
        <>
          <Button tone="danger" busy={stopping.busy ? words.stopping : undefined} onClick={stop}>
            {words.stop}
          </Button>
          <span className="grow" />
          <Button shortcut="Esc" initialFocus onClick={onClose}>
            {strings.close}
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      {isOut && (
        <Notice tone="caution" title={centerStrings.share.signedOut}>
          {words.sharedSignedOut}
        </Notice>
      )}
      <dl className="lines">
        <Line about={words.inProfile} text={shareLine(session, 'profile')} onCopy={() => copy('profile')} />
        <Line about={words.inTerminal} text={shareLine(session, 'login')} onCopy={() => copy('login')} />
      </dl>
    </Dialog>
  )
}

function Line({ about, text, onCopy }: { about: string; text: string; onCopy: () => void }) {
  return (
    <div>
      <dt>{about}</dt>
      <dd>
        <span className="mono sel">{text}</span>
        <CopyButton label={`${words.copy}: ${text}`} onClick={onCopy} />
      </dd>
    </div>
  )
}
