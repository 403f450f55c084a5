/** An open credential: one secret at a time, each recorded before it is shown, for a set time. */
import { useContext, useEffect, useEffectEvent, useState } from 'react'
import type { RevealPart, SealedCredential } from '#shared/breakglass.ts'
import { environmentLabel } from '#shared/environment.ts'
import type { HallpassError } from '#shared/errors.ts'
import type { OpenSealView } from '#shared/ipc.ts'
import type { Settings } from '#shared/settings.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button, IconButton } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId, PassBar, Ring } from '../components/marks.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { KeyWaysContext } from '../hooks/key-ways.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { environmentTone } from '../lib/environment.ts'
import { sealedCommandOf } from '../lib/keys.ts'
import { formatClock, formatCountdown, formatSeconds, secondsUntil } from '../lib/time.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { PeekButton, SecretText, useSecret } from './secret-text.tsx'

const words = breakglassStrings.view

interface Happened {
  readonly at: number
  readonly text: string
}

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
  const refresh = useRefresh()
  const [failure, setFailure] = useState<HallpassError | null>(null)
  const [rotating, setRotating] = useState(false)
  const [feed, setFeed] = useState<readonly Happened[]>(() => [
    { at: Date.parse(credential.lastOpenedAt ?? '') || Date.now(), text: words.events.opened(opening.reason) },
  ])
  const left = secondsUntil(opening.until, now)
  const whole = (settings?.breakGlassMinutes ?? 15) * 60
  const note = (text: string): void => setFeed((before) => [...before, { at: Date.now(), text }])
  const fail = (error: unknown): void => setFailure(toHallpassError(error))

  const lookAgain = useEffectEvent(() => void refresh())
  const isOver = left === 0
  useEffect(() => {
    if (isOver) lookAgain()
  }, [isOver])

  const copy = (part: RevealPart | 'user-name', what: string): void => {
    setFailure(null)
    call('breakglass.copy', { opening: opening.id, part })
      .then(({ seconds }) => {
        note(words.events.copied(what))
        showToast(words.copied(what, seconds))
      })
      .catch(fail)
  }
  const browse = (what: string, role?: string): void => {
    setFailure(null)
    call('breakglass.browse', { opening: opening.id, ...(role === undefined ? {} : { role }) })
      .then(() => note(words.events.browsed(what)))
      .catch(fail)
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

  const secret = { opening: opening.id, settings, onCopy: copy, onNote: note, onFailure: fail }
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
          <div className={`banner banner--${environmentTone(credential.environment)}`} role="status">
            <Ring percent={Math.min(100, Math.round((left / whole) * 100))} />
            <div className="grow">
              <strong data-volatile>{words.until(formatClock(opening.until, now))}</strong>
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
                  {credential.accountId !== null && (
                    <span className="t3">
                      <AccountId id={credential.accountId} />
                    </span>
                  )}
                </p>
              </div>
              <div className="tear">
                <span className="seal seal--broken">
                  <Icon name="unlock" />
                </span>
              </div>
              <dl className="creds">
                {credential.signInUrl !== null && (
                  <div className="cred">
                    <dt className="cred__k">{words.page}</dt>
                    <dd className="cred__v">
                      <span className="sel cut">{credential.signInUrl.replace(/^https:\/\/|\/console$/g, '')}</span>
                    </dd>
                    <dd className="btns">
                      <Button icon="open" onClick={() => browse(words.page)}>
                        {words.openPage}
                      </Button>
                    </dd>
                  </div>
                )}
                <div className="cred">
                  <dt className="cred__k">{words.userName}</dt>
                  <dd className="cred__v">
                    <span className="mono sel">{credential.userName}</span>
                  </dd>
                  <dd className="btns">
                    <Button
                      label={`${words.copy} ${words.userName}`}
                      shortcut="copy-user-name"
                      onClick={() => copy('user-name', words.userName)}
                    >
                      {words.copy}
                    </Button>
                  </dd>
                </div>
                {credential.holds.includes('password') && (
                  <SecretLine part="password" shortcut="copy-password" {...secret} />
                )}
                {credential.holds.includes('totp-seed') && <SecretLine part="code" shortcut="copy-code" {...secret} />}
                {credential.accessKeyId !== null && (
                  <div className="cred">
                    <dt className="cred__k">{words.keyId}</dt>
                    <dd className="cred__v">
                      <span className="mono sel">{credential.accessKeyId}</span>
                    </dd>
                  </div>
                )}
                {credential.holds.includes('secret-access-key') && <SecretLine part="secret-access-key" {...secret} />}
                {credential.roles.map((role) => (
                  <div className="cred" key={role.arn}>
                    <dt className="cred__k">{words.role}</dt>
                    <dd className="cred__v">
                      <span className="cut">{role.name}</span>
                      <small>{words.roleHint}</small>
                    </dd>
                    <dd className="btns">
                      <Button
                        icon="open"
                        label={`${words.switchRole} ${role.name}`}
                        disabled={role.link === null}
                        onClick={() => browse(role.name, role.arn)}
                      >
                        {words.switchRole}
                      </Button>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
            <aside className="opened__side">
              <section className="card rec">
                <h3 className="sec__h">
                  <i className="live live--rec" />
                  {words.recording}
                </h3>
                <ol className="feed">
                  {feed.map((one) => (
                    <li key={`${one.at} ${one.text}`}>
                      <time>{formatSeconds(one.at)}</time>
                      <span>{one.text}</span>
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

function SecretLine(props: {
  part: RevealPart
  shortcut?: 'copy-password' | 'copy-code'
  opening: string
  settings: Settings | undefined
  onCopy: (part: RevealPart, what: string) => void
  onNote: (text: string) => void
  onFailure: (error: unknown) => void
}) {
  const { part, settings } = props
  const label = words.revealed[part]
  const view = useSecret(props.opening, part, () => props.onNote(words.events.shown(label)), props.onFailure)
  const isCode = part === 'code'
  return (
    <div className="cred">
      <dt className="cred__k">{label}</dt>
      <dd className={isCode && view.isShown ? 'cred__v otp' : 'cred__v'}>
        <SecretText view={view} label={label} />
        {!(isCode && view.isShown) && (
          <small>{isCode ? words.codeNone : words.clears(settings?.clipboardSeconds ?? 30)}</small>
        )}
        {view.secondsLeft !== null && (
          <span className="otp__s" role="timer">
            {words.codeLeft(view.secondsLeft)}
          </span>
        )}
      </dd>
      <dd className="btns">
        <PeekButton view={view} label={label} toggle={isCode || settings?.peekToggle === true} />
        <Button
          label={`${words.copy} ${label}`}
          {...(props.shortcut === undefined ? {} : { shortcut: props.shortcut })}
          onClick={() => props.onCopy(part, label)}
        >
          {words.copy}
        </Button>
      </dd>
    </div>
  )
}
