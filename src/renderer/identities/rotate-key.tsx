/** A new key in place of an old one: what the user has, the four steps and how far they are, and the way back. */
import { useQuery } from '@tanstack/react-query'
import type { IdentityDetail } from '#shared/identities.ts'
import type { RotationPhase, UserKey } from '#shared/rotation.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { formatShortDay } from '../lib/time.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'

const words = setupStrings.rotateKey

/** How many of the four steps are done in each phase. */
const DONE: Readonly<Record<RotationPhase, number>> = {
  creating: 0,
  created: 1,
  switching: 2,
  switched: 2,
  deactivated: 3,
  'rolling-back': 0,
}

export function RotateKey({ identity, onClose }: { identity: IdentityDetail; onClose: () => void }) {
  const { name } = identity
  const working = useBusy()
  const refresh = useRefresh()
  const known = useQuery({ queryKey: ['identities.keys', name], queryFn: () => call('identities.keys', { name }) })
  const { keys = [], rotation = null } = known.data ?? {}
  const other = keys.find(({ isOurs }) => !isOurs)
  const isBlocked = rotation === null && keys.length > 1 && other !== undefined
  const phase = rotation?.phase
  const isTurnedOff = phase === 'deactivated'

  const act = (what: 'rotate' | 'finish' | 'roll-back', said: string, deleteUnused?: string): void =>
    void working.run(async () => {
      try {
        await call('identities.rotate', { name, what, ...(deleteUnused === undefined ? {} : { deleteUnused }) })
        showToast(said)
        if (what !== 'rotate') onClose()
      } finally {
        await refresh()
      }
    })
  const failure = working.failure ?? (known.isError ? toHallpassError(known.error) : null)
  return (
    <Dialog
      title={words.title(name)}
      lead={rotation === null ? words.lead : words.safe}
      onClose={onClose}
      footer={
        <>
          {rotation !== null && (
            <Button tone="quiet" disabled={working.busy} onClick={() => act('roll-back', words.back(name))}>
              {words.rollBack}
            </Button>
          )}
          <span className="grow" />
          <Button shortcut="Esc" onClick={onClose}>
            {strings.close}
          </Button>
          {isTurnedOff ? (
            <Button
              tone="danger"
              busy={working.busy ? words.deleting : undefined}
              onClick={() => act('finish', words.deleted)}
            >
              {words.deleteNow}
            </Button>
          ) : (
            <Button
              tone="primary"
              initialFocus
              disabled={known.isPending || isBlocked}
              busy={working.busy ? words.rotating : undefined}
              onClick={() => act('rotate', words.done(name))}
            >
              {rotation === null ? words.rotate : words.goOn}
            </Button>
          )}
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      {known.isPending && (
        <p className="t3" role="status">
          {words.reading}
        </p>
      )}
      {isBlocked && other !== undefined && (
        <Notice
          tone="caution"
          title={words.slots(other.accessKeyId)}
          actions={
            <Button tone="danger" onClick={() => act('rotate', words.done(name), other.accessKeyId)}>
              {words.deleteOther}
            </Button>
          }
        >
          {words.slotsText}
        </Notice>
      )}
      <ol className="plan">
        {words.steps.map((step, index) => (
          <Step
            key={step}
            text={step}
            state={
              index < (phase === undefined ? 0 : DONE[phase])
                ? 'done'
                : rotation !== null && index === DONE[rotation.phase]
                  ? 'now'
                  : 'ahead'
            }
            busy={working.busy}
            note={index === 3 && rotation?.deleteAfter ? words.deletedOn(formatShortDay(rotation.deleteAfter)) : null}
          />
        ))}
      </ol>
      {keys.length > 0 && (
        <ul className="plan">
          {keys.map((key) => (
            <KeyRow key={key.accessKeyId} userKey={key} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function Step(props: { text: string; state: 'done' | 'now' | 'ahead'; busy: boolean; note: string | null }) {
  const { text, state, busy, note } = props
  return (
    <li className="plan__row" aria-current={state === 'now' ? 'step' : undefined}>
      {state === 'done' ? (
        <Icon name="check" />
      ) : state === 'now' && busy ? (
        <i className="spin" />
      ) : (
        <Icon name="right" />
      )}
      <div className="plan__t">
        <span className={state === 'ahead' ? 't2' : ''}>{text}</span>
        {note !== null && <small data-volatile>{note}</small>}
      </div>
      <span className="plan__s t3">{words.states[state]}</span>
    </li>
  )
}

function KeyRow({ userKey }: { userKey: UserKey }) {
  const { accessKeyId, active, createdAt, lastUsedAt, useKnown, isOurs } = userKey
  return (
    <li className="plan__row">
      <Icon name="key" />
      <div className="plan__t">
        <span className="mono sel" data-volatile>
          {accessKeyId}
        </span>
        <small data-volatile>
          {createdAt !== null && `${words.made(formatShortDay(createdAt))} `}
          {lastUsedAt === null
            ? useKnown
              ? words.neverUsed
              : words.useUnknown
            : words.lastUsed(formatShortDay(lastUsedAt))}
        </small>
      </div>
      <span className={active ? 'plan__s ok' : 'plan__s t3'}>
        {active ? (isOurs ? words.inUse : words.active) : words.off}
      </span>
    </li>
  )
}
