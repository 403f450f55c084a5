/**
 * Waiting while a person signs in in a browser. It begins as soon as it is shown, so it is shown for nothing but a click that
 * asks for it; leaving it ends the sign-in.
 */
import { useEffect, useRef } from 'react'
import type { SignInWay } from '#shared/identity-center-view.ts'
import type { CodeToCompare } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { formatClock } from '../lib/time.ts'
import { centerStrings } from '../strings/centers.ts'
import { strings } from '../strings.ts'
import { useCode } from './use-centers.ts'

const words = centerStrings.signIn

export function SignIn(props: {
  name: string
  way: SignInWay
  /** Begins anew, the other way. */
  onWay: (way: SignInWay) => void
  onSignedIn: () => void
  onClose: () => void
}) {
  const { name, way, onWay, onSignedIn, onClose } = props
  const code = useCode(name)
  const signing = useBusy()
  const opening = useBusy()
  const refresh = useRefresh()
  const begin = (): void =>
    void signing.run(async () => {
      await call('centers.sign-in', { name, way })
      await refresh()
      onSignedIn()
    })
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    begin()
  })
  const leave = (): void => {
    // There is nothing to be done about one that has just ended by itself.
    void call('centers.cancel', { name }).catch(() => {})
    onClose()
  }
  const openPage = (): void => void opening.run(() => call('centers.open-page', { name }))
  const isOver = signing.failure !== null && signing.failure.code !== 'cancelled'
  const other = way === 'browser' ? 'device' : 'browser'
  return (
    <Dialog
      title={words.title(name)}
      onClose={leave}
      footer={
        <>
          <Button tone="quiet" onClick={() => onWay(other)}>
            {way === 'browser' ? words.withCode : words.withBrowser}
          </Button>
          <span className="grow" />
          <Button shortcut="Esc" initialFocus={way === 'browser'} onClick={leave}>
            {strings.cancel}
          </Button>
          {isOver && (
            <Button tone="primary" onClick={begin}>
              {words.again}
            </Button>
          )}
          {!isOver && code !== null && way === 'device' && (
            <Button tone="primary" icon="open" busy={opening.busy ? words.opening : undefined} onClick={openPage}>
              {words.openPage}
            </Button>
          )}
        </>
      }
    >
      {signing.failure !== null && isOver && <ErrorNotice error={signing.failure} />}
      {opening.failure !== null && <ErrorNotice error={opening.failure} />}
      {!isOver && (way === 'browser' ? <InBrowser /> : <WithCode code={code} />)}
    </Dialog>
  )
}

function InBrowser() {
  return (
    <div className="wait" role="status">
      <span className="wait__i">
        <Icon name="globe" />
      </span>
      <div>
        <strong>{words.browser}</strong>
        <p className="t2">{words.browserText}</p>
      </div>
      <i className="spin" />
    </div>
  )
}

function WithCode({ code }: { code: CodeToCompare | null }) {
  const now = useNow()
  if (code === null) {
    return (
      <div className="wait" role="status">
        <i className="spin" />
        <strong>{words.asking}</strong>
      </div>
    )
  }
  return (
    <div className="compare" role="status">
      <div>
        <strong>{words.compare}</strong>
        <p className="t2">{words.compareText}</p>
      </div>
      <p className="compare__code sel" data-volatile>
        <span className="sr">{words.code} </span>
        {code.userCode}
      </p>
      <p className="hint">
        {words.address} <span className="mono sel compare__at">{code.address}</span>
        {'. '}
        {words.until(formatClock(code.expiresAt, now))}
      </p>
    </div>
  )
}
