/** An open credential: one secret at a time, each recorded before it is shown, for a set time. */
import { useContext, useEffect, useEffectEvent, useState } from 'react'
import type { CopyPart, RoleLink, SealedCredential } from '#shared/breakglass.ts'
import { environmentLabel } from '#shared/environment.ts'
import type { HallpassError } from '#shared/errors.ts'
import type { OpenSealView } from '#shared/ipc.ts'
import type { Settings } from '#shared/settings.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button, IconButton } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { PassBar, Ring } from '../components/marks.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { KeyWaysContext } from '../hooks/key-ways.ts'
import { useRefreshAll } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { environmentTone } from '../lib/environment.ts'
import { sealedCommandOf } from '../lib/keys.ts'
import { formatClock, formatCountdown, formatSeconds, secondsUntil } from '../lib/time.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { OpenLines } from './open-lines.tsx'
import { Account } from './sealed-slip.tsx'

const words = breakglassStrings.view
/** Failures of the record, which comes before everything else. */
const UNRECORDED = /^(?:activity|store|file)\./

export function OpenView(props: {
  credential: SealedCredential
  opening: OpenSealView
  settings: Settings | undefined
  onBack: () => void
  /** Something is left to do that needs a person. */
  onLeftover: () => void
}) {
  const { credential, opening, settings } = props
  const now = useNow()
  const ways = useContext(KeyWaysContext)
  const refresh = useRefreshAll()
  const [failure, setFailure] = useState<HallpassError | null>(null)
  const [rotating, setRotating] = useState(false)
  const left = secondsUntil(opening.until, now)
  const whole = (settings?.breakGlassMinutes ?? 15) * 60
  const fail = (error: unknown): void => setFailure(toHallpassError(error))

  const lookAgain = useEffectEvent(() => void refresh())
  const isOver = left === 0
  useEffect(() => {
    if (isOver) lookAgain()
  }, [isOver])

  const copy = (part: CopyPart, what: string): void => {
    setFailure(null)
    call('breakglass.copy', { opening: opening.id, part })
      .then(({ seconds }) => showToast(words.copied(what, seconds)))
      .catch(fail)
  }
  const browse = (what: string, role?: string): void => {
    setFailure(null)
    call('breakglass.browse', { opening: opening.id, ...(role === undefined ? {} : { role }) })
      .then(({ opened }) => opened || showToast(words.inDrill(what)))
      .catch(fail)
  }
  const signIn = async ({ name, arn }: RoleLink): Promise<void> => {
    setFailure(null)
    try {
      const { opened, reasonSent } = await call('breakglass.sign-in', { opening: opening.id, role: arn })
      showToast(opened ? words.signedIn(name, reasonSent) : words.inDrill(name))
    } catch (error) {
      fail(error)
    }
  }
  const close = async (): Promise<void> => {
    await call('breakglass.close', { opening: opening.id })
    props.onBack()
    await refresh()
  }
  const closeAndRotate = (): void => {
    setRotating(true)
    setFailure(null)
    call('breakglass.rotate', { name: credential.name })
      .then(close)
      .then(() => showToast(breakglassStrings.afterUse.changed(credential.name)))
      .catch((error: unknown) => {
        setRotating(false)
        fail(error)
      })
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isTyping = (event.target as HTMLElement).closest('input, textarea, [role=dialog], [role=menu]') !== null
    const command = isTyping ? undefined : sealedCommandOf(event, ways)
    if (command === 'copy-user-name') copy('user-name', words.userName)
    if (command === 'copy-password' && credential.holds.includes('password')) copy('password', words.revealed.password)
    if (command === 'copy-code' && credential.holds.includes('totp-seed')) copy('code', words.revealed.code)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  return (
    <>
      <header className="topbar">
        <span className="flip">
          <IconButton quiet icon="right" label={words.back} onClick={props.onBack} />
        </span>
        <div className="grow">
          <h1>{words.title(credential.name, credential.userName)}</h1>
        </div>
        <Button large tone="quiet" onClick={() => void close().catch(fail)}>
          {words.closeOnly}
        </Button>
      </header>
      <div className="page" data-region="list" tabIndex={-1}>
        <div className="page__in">
          <div className={`banner banner--${environmentTone(credential.environment)}`}>
            <Ring percent={Math.min(100, Math.round((left / whole) * 100))} />
            <div className="grow">
              {/* The countdown is no part of it: what is in a status is read again as a whole when any of it changes. */}
              <strong role="status" data-volatile>
                {words.until(formatClock(opening.until, now))}
              </strong>
              <p role="timer" aria-live="off">
                {words.left(formatCountdown(left))}
              </p>
            </div>
            <Button
              tone={credential.environment === 'prod' ? 'prod' : 'primary'}
              icon="lock"
              busy={rotating ? words.rotating : undefined}
              onClick={closeAndRotate}
            >
              {words.closeAndRotate}
            </Button>
          </div>
          {failure !== null && (
            <ErrorNotice
              error={failure}
              {...(UNRECORDED.test(failure.code) ? { title: words.notRecorded } : {})}
              {...(failure.code === 'input.required'
                ? { actions: <Button onClick={props.onLeftover}>{breakglassStrings.rotate}</Button> }
                : {})}
            />
          )}
          <div className="opened">
            <section className="pass">
              <div className="pass__top opened__top">
                <PassBar environment={credential.environment} />
                <div className={`pass__kick env-${environmentTone(credential.environment)}`}>
                  {environmentLabel(credential.environment)}
                </div>
                <h2 className="pass__name cut">{credential.name}</h2>
                <p className="pass__acct">
                  {breakglassStrings.user(credential.userName)}{' '}
                  <span className="t3">
                    <Account credential={credential} />
                  </span>
                </p>
              </div>
              <div className="tear">
                <span className="seal seal--broken">
                  <Icon name="unlock" />
                </span>
              </div>
              <OpenLines
                credential={credential}
                opening={opening.id}
                settings={settings}
                onCopy={copy}
                onBrowse={browse}
                onSignIn={signIn}
                onFailure={fail}
              />
            </section>
            <aside className="opened__side">
              <section className="card rec">
                <h3 className="sec__h">
                  <i className="live live--rec" />
                  {words.recording}
                </h3>
                <ol className="feed">
                  {opening.records.map((record) => (
                    <li key={record.seq}>
                      <time>{formatSeconds(record.at)}</time>
                      <span>{words.events[record.kind]?.(record) ?? record.kind}</span>
                    </li>
                  ))}
                </ol>
              </section>
              <section className="rotate">
                <h3 className="sec__h">{words.todoTitle}</h3>
                <ol className="todo">
                  {words.todo.map((each) => (
                    <li key={each}>{each}</li>
                  ))}
                </ol>
                <p className="hint">{words.todoHint}</p>
              </section>
            </aside>
          </div>
        </div>
      </div>
    </>
  )
}
