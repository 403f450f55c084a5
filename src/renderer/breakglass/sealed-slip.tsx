/** One sealed credential as a slip: whose it is above the seal, how it was used below. Never what is inside. */
import type { SealedCredential, SealedPart } from '#shared/breakglass.ts'
import { environmentLabel } from '#shared/environment.ts'
import { Button } from '../components/button.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import { AccountId, PassBar } from '../components/marks.tsx'
import { ActionMenu } from '../components/menu.tsx'
import { useNow } from '../hooks/use-now.ts'
import { environmentTone } from '../lib/environment.ts'
import { formatShortDay } from '../lib/time.ts'
import { breakglassStrings } from '../strings/breakglass.ts'

const words = breakglassStrings
const ICONS: Readonly<Record<SealedPart, IconName>> = {
  password: 'lock',
  'totp-seed': 'phone',
  'secret-access-key': 'key',
}
const DAY_MS = 86_400_000

export type SealedDeed = 'open' | 'seal' | 'after' | 'rotate' | 'export' | 'drill' | 'undo' | 'remove'

export function SealedSlip(props: {
  credential: SealedCredential
  isOpenHere: boolean
  /** This is the slip of a drill, not the real one. */
  isDrill: boolean
  onDeed: (deed: SealedDeed) => void
  /** @param role ARN; the account's sign-in address without */
  onCopyLink: (role: string | undefined) => void
}) {
  const { credential, isOpenHere, onDeed } = props
  const now = useNow()
  const since = Date.parse(credential.lastOpenedAt ?? credential.createdAt)
  const isOpen = isOpenHere || credential.openUntil !== null
  return (
    <article className="pass sealed">
      <div className="pass__top">
        <PassBar environment={credential.environment} />
        <div className={`pass__kick env-${environmentTone(credential.environment)}`}>
          {environmentLabel(credential.environment)}
        </div>
        <h2 className="sealed__name cut" title={credential.name}>
          {credential.name}
        </h2>
        <p className="t2 cut">{words.user(credential.userName)}</p>
        <p className="t3 cut">
          <Account credential={credential} />
        </p>
        <div className="sealed__has">
          {credential.holds.map((part) => (
            <span key={part}>
              <Icon name={ICONS[part]} size={14} />
              {words.parts[part]}
            </span>
          ))}
          {credential.roles.length > 0 && (
            <span>
              <Icon name="link" size={14} />
              {words.roleLink}
            </span>
          )}
        </div>
      </div>
      <div className="tear">
        <span className={`seal${isOpen ? ' seal--broken' : ''}${credential.tasks.length > 0 ? ' seal--due' : ''}`}>
          <Icon name={isOpen ? 'unlock' : 'lock'} />
        </span>
      </div>
      <div className="pass__stub">
        <p data-volatile>
          {credential.lastOpenedAt === null ? words.never : words.opened(formatShortDay(credential.lastOpenedAt))}
        </p>
        <p data-volatile>
          {credential.tasks.length > 0 ? (
            <button type="button" className="linkbtn caution" onClick={() => onDeed('after')}>
              {words.leftToDo(credential.tasks.length)}
            </button>
          ) : credential.passwordRotatedAt === null ? (
            words.notRotated
          ) : (
            words.rotated(formatShortDay(credential.passwordRotatedAt))
          )}
        </p>
        {!props.isDrill && (
          <p data-volatile>
            {credential.lastDrillAt === null ? words.notDrilled : words.drilled(formatShortDay(credential.lastDrillAt))}
          </p>
        )}
        <div className="sealed__act">
          <span data-volatile>
            {isOpen
              ? isOpenHere
                ? words.isOpen
                : words.openElsewhere
              : words.sealedFor(Math.max(0, Math.floor((now - since) / DAY_MS)))}
          </span>
          <span className="btns">
            {isOpen && !isOpenHere && <Button onClick={() => onDeed('seal')}>{words.sealAgain}</Button>}
            <Button label={`${isOpenHere ? words.show : words.open} ${credential.name}`} onClick={() => onDeed('open')}>
              {isOpenHere ? words.show : words.open}
            </Button>
            <ActionMenu
              label={words.menu(credential.name)}
              className="btn btn--icon btn--quiet"
              small
              entries={[
                ...(credential.tasks.length > 0
                  ? [{ id: 'after', label: words.after, onAction: () => onDeed('after') }]
                  : []),
                ...linksOf(credential).map(({ id, label, role }) => ({
                  id,
                  label,
                  onAction: () => props.onCopyLink(role),
                })),
                'line',
                { id: 'rotate', label: words.rotate, onAction: () => onDeed('rotate') },
                ...(props.isDrill
                  ? []
                  : [
                      { id: 'export', label: words.exportKit, onAction: () => onDeed('export') },
                      { id: 'drill', label: words.drill, onAction: () => onDeed('drill') },
                    ]),
                'line',
                { id: 'undo', label: words.undo, danger: true, onAction: () => onDeed('undo') },
                { id: 'remove', label: words.remove, danger: true, onAction: () => onDeed('remove') },
              ]}
            >
              <Icon name="more" />
            </ActionMenu>
          </span>
        </div>
      </div>
    </article>
  )
}

/** The account by the best name there is for it, and its id. */
export function Account({ credential }: { credential: SealedCredential }) {
  const { accountName, accountAlias, accountId } = credential
  const name = accountName ?? accountAlias
  if (accountId === null) return name ?? words.noAccount
  return (
    <>
      {name !== null && `${name} `}
      <AccountId id={accountId} />
    </>
  )
}

/** What can be given to others without opening anything. */
function linksOf({ signInUrl, roles }: SealedCredential): { id: string; label: string; role?: string }[] {
  return [
    ...(signInUrl === null ? [] : [{ id: 'sign-in', label: words.copySignIn }]),
    ...roles
      .filter(({ link }) => link !== null)
      .map(({ name, arn }) => ({ id: arn, label: words.copyRoleLink(name), role: arn })),
  ]
}
