/** What is left to do once a seal was broken: a new password, a new key, a note. Also opened to change both at any time. */
import { useState } from 'react'
import type { SealedCredential, SealedTask } from '#shared/breakglass.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextArea } from '../components/field.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { SelectField } from '../components/select.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefreshAll } from '../hooks/use-data.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { strings } from '../strings.ts'
import type { Signer } from './setup-form.tsx'

const words = breakglassStrings.afterUse
const ITSELF = ''

export function AfterUse(props: {
  credential: SealedCredential
  /** To change both, whatever is left to do. */
  always: boolean
  signers: readonly Signer[]
  onClose: () => void
}) {
  const { credential, onClose } = props
  const hasKey = credential.holds.includes('secret-access-key')
  const { accountId } = credential
  const ofAccount = props.signers.filter(
    (each) => accountId === null || each.accountId === null || each.accountId === accountId,
  )
  const [signer, setSigner] = useState(hasKey ? ITSELF : (ofAccount[0]?.name ?? ITSELF))
  const [note, setNote] = useState('')
  const working = useBusy()
  const refresh = useRefreshAll()
  const { tasks } = credential
  const isRotation = tasks.some((task) => task !== 'note') || props.always
  const rotate = (): void =>
    void working.run(async () => {
      await call('breakglass.rotate', { name: credential.name, ...(signer === ITSELF ? {} : { with: signer }) })
      await refresh()
      showToast(words.changed(credential.name))
      if (props.always) onClose()
    })
  const done = (task: SealedTask): void =>
    void working.run(async () => {
      const left = await call('breakglass.done', { name: credential.name, task, ...(task === 'note' ? { note } : {}) })
      if (task === 'note') setNote('')
      await refresh()
      if (left.tasks.length > 0) return
      showToast(words.none)
      onClose()
    })
  const signers = [
    ...(hasKey ? [{ value: ITSELF, label: words.itself }] : []),
    ...ofAccount.map(({ name }) => ({ value: name, label: name })),
  ]
  return (
    <Dialog
      title={words.title(credential.name)}
      lead={words.lead}
      environment={credential.environment}
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button shortcut="Esc" onClick={onClose}>
            {strings.close}
          </Button>
          {!isRotation && tasks.includes('note') && (
            <Button
              tone="primary"
              disabled={note.trim() === ''}
              busy={working.busy ? words.saving : undefined}
              onClick={() => done('note')}
            >
              {words.saveAndClose}
            </Button>
          )}
          {isRotation && (
            <Button tone="primary" initialFocus busy={working.busy ? words.busy : undefined} onClick={rotate}>
              {words.now}
            </Button>
          )}
        </>
      }
    >
      {working.failure !== null && <ErrorNotice error={working.failure} />}
      {tasks.length === 0 && !props.always && <Notice icon="check" title={words.none} />}
      {isRotation && signers.length > 0 && (
        <SelectField
          label={words.signer}
          options={signers}
          value={signer}
          placeholder={words.itself}
          onChange={setSigner}
        />
      )}
      {tasks.length > 0 && (
        <ul className="tasks">
          {tasks.map((task) => (
            <li key={task}>
              <strong>{words.tasks[task]}</strong>
              {task === 'note' ? (
                <div className="tasks__note">
                  <TextArea
                    label={words.note}
                    initialFocus={!isRotation}
                    rows={2}
                    value={note}
                    placeholder={words.notePlaceholder}
                    onChange={setNote}
                  />
                  {isRotation && (
                    <Button disabled={note.trim() === ''} onClick={() => done('note')}>
                      {words.saveNote}
                    </Button>
                  )}
                </div>
              ) : (
                <Button tone="quiet" label={`${words.byHand}: ${words.tasks[task]}`} onClick={() => done(task)}>
                  {words.byHand}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
