/** What an open credential holds, line by line: where it leads, whose it is, and one secret each. */
import type { CopyPart, RevealPart, RoleLink, SealedCredential } from '#shared/breakglass.ts'
import type { Settings } from '#shared/settings.ts'
import { Button } from '../components/button.tsx'
import { Ring } from '../components/marks.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { PeekButton, SecretText, useSecret } from './secret-text.tsx'

const words = breakglassStrings.view
/** Seconds that nearly every code is good for; the ring is full at that. */
const CODE_SECONDS = 30

interface LineParts {
  readonly opening: string
  readonly settings: Settings | undefined
  readonly onCopy: (part: CopyPart, what: string) => void
  readonly onFailure: (error: unknown) => void
}

export function OpenLines(
  props: LineParts & {
    credential: SealedCredential
    onBrowse: (what: string, role?: string) => void
    /** Never fails. */
    onSignIn: (role: RoleLink) => Promise<void>
  },
) {
  const { credential, onCopy, onBrowse } = props
  const { holds, signInUrl, userName, accessKeyId, roles } = credential
  const hasKey = holds.includes('secret-access-key')
  return (
    <dl className="creds">
      {signInUrl !== null && (
        <div className="cred">
          <dt className="cred__k">{words.page}</dt>
          <dd className="cred__v">
            <span className="sel cut">{signInUrl.replace(/^https:\/\/|\/console$/g, '')}</span>
          </dd>
          <dd className="btns">
            <Button icon="open" onClick={() => onBrowse(words.page)}>
              {words.openPage}
            </Button>
          </dd>
        </div>
      )}
      <PlainLine part="user-name" label={words.userName} value={userName} shortcut="copy-user-name" onCopy={onCopy} />
      {holds.includes('password') && <SecretLine part="password" shortcut="copy-password" {...props} />}
      {holds.includes('totp-seed') && <SecretLine part="code" shortcut="copy-code" {...props} />}
      {accessKeyId !== null && (
        <PlainLine part="access-key-id" label={words.keyId} value={accessKeyId} onCopy={onCopy} />
      )}
      {hasKey && <SecretLine part="secret-access-key" {...props} />}
      {roles.map((role) => (
        <div className="cred" key={role.arn}>
          <dt className="cred__k">{words.role}</dt>
          <dd className="cred__v">
            <span className="cut">{role.name}</span>
            <small>{hasKey ? words.roleHintKey : words.roleHint}</small>
          </dd>
          <dd className="btns">
            {hasKey && <SignIn role={role} onSignIn={props.onSignIn} />}
            <Button
              icon="open"
              label={`${words.switchRole} ${role.name}`}
              disabled={role.link === null}
              onClick={() => onBrowse(role.name, role.arn)}
            >
              {words.switchRole}
            </Button>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function SignIn({ role, onSignIn }: { role: RoleLink; onSignIn: (role: RoleLink) => Promise<void> }) {
  const signing = useBusy()
  return (
    <Button
      icon="open"
      label={`${words.signIn} ${role.name}`}
      busy={signing.busy ? words.signIn : undefined}
      onClick={() => void signing.run(() => onSignIn(role))}
    >
      {words.signIn}
    </Button>
  )
}

function PlainLine(props: {
  part: 'user-name' | 'access-key-id'
  label: string
  value: string
  shortcut?: 'copy-user-name'
  onCopy: LineParts['onCopy']
}) {
  const { part, label, value, onCopy } = props
  return (
    <div className="cred">
      <dt className="cred__k">{label}</dt>
      <dd className="cred__v">
        <span className="mono sel">{value}</span>
      </dd>
      <dd className="btns">
        <Button
          label={`${words.copy} ${label}`}
          {...(props.shortcut === undefined ? {} : { shortcut: props.shortcut })}
          onClick={() => onCopy(part, label)}
        >
          {words.copy}
        </Button>
      </dd>
    </div>
  )
}

function SecretLine(props: LineParts & { part: RevealPart; shortcut?: 'copy-password' | 'copy-code' }) {
  const { part, settings } = props
  const label = words.revealed[part]
  const view = useSecret(props.opening, part, props.onFailure)
  const isCode = part === 'code'
  return (
    <div className="cred" data-volatile={isCode || undefined}>
      <dt className="cred__k">{label}</dt>
      <dd className={isCode && view.isShown ? 'cred__v otp' : 'cred__v'}>
        <SecretText view={view} label={label} />
        {!(isCode && view.isShown) && (
          <small>{isCode ? words.codeNone : words.clears(settings?.clipboardSeconds ?? 30)}</small>
        )}
        {view.secondsLeft !== null && (
          <span className="otp__s" role="timer">
            <Ring percent={Math.min(100, Math.round((view.secondsLeft / CODE_SECONDS) * 100))} />
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
