/**
 * Adding an access key, pasted or read from the file the AWS console gave.
 * A pasted secret is read from its field once, sent, and cleared at once; a file's secret never comes here at all.
 */
import { useEffect, useRef, useState } from 'react'
import type { Identity } from '#shared/identities.ts'
import type { AccessKeyDraft } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { DropCard } from '../components/drop-card.tsx'
import { SecretField, TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { AccountId } from '../components/marks.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useAppInfo, useRefresh, useSettings } from '../hooks/use-data.ts'
import { useFileDrop } from '../hooks/use-file-drop.ts'
import { useForm } from '../hooks/use-form.ts'
import {
  accountHint,
  checkIdentity,
  checkNewKey,
  EMPTY_IDENTITY,
  type IdentityFields,
  identityBasics,
} from '../lib/identity-form.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'
import { DraftCard } from './key-file.tsx'

const words = setupStrings.addIdentity

/** How the dialog begins: empty, with the system's file dialog, or with a file that was dropped. */
export type AddIdentityStart = { kind: 'paste' } | { kind: 'pick' } | { kind: 'file'; path: string }

export function AddIdentity(props: {
  start: AddIdentityStart
  taken: readonly string[]
  vaultName: string
  onClose: () => void
}) {
  const { start, taken, vaultName, onClose } = props
  const region = useSettings(useAppInfo().data)?.defaultRegion ?? ''
  const { fields, problems, setProblems, set } = useForm<IdentityFields, 'secretAccessKey'>({
    ...EMPTY_IDENTITY,
    region,
  })
  const [draft, setDraft] = useState<AccessKeyDraft | null>(null)
  const [done, setDone] = useState<Identity | null>(null)
  const [secretGone, setSecretGone] = useState(false)
  const secretRef = useRef<HTMLInputElement>(null)
  const saving = useBusy()
  const reading = useBusy()
  const refresh = useRefresh()

  const take = (read: () => Promise<AccessKeyDraft | null>): void =>
    void reading.run(async () => {
      const found = await read()
      if (found === null) return
      setDraft(found)
      setProblems({})
      saving.setFailure(null)
      set({}, (before) => ({ ...before, name: before.name || (found.userName ?? '') }))
    })
  const pick = (): void => take(() => call('identities.pick-csv', undefined))
  const read = (path: string): void => take(() => call('identities.read-csv', { path }))
  const over = useFileDrop(read)

  const started = useRef(false)
  useEffect(() => {
    if (started.current) return
    started.current = true
    if (start.kind === 'pick') pick()
    if (start.kind === 'file') read(start.path)
  })

  const save = (): void => {
    const field = secretRef.current
    const secret = field?.value ?? ''
    const found = draft === null ? checkNewKey(fields, secret, taken) : checkIdentity(fields, taken)
    setProblems(found ?? {})
    if (found !== null) return
    const basics = identityBasics(fields)
    const request =
      draft === null
        ? { ...basics, accessKeyId: fields.accessKeyId.trim(), secretAccessKey: secret.trim() }
        : { ...basics, draftId: draft.draftId }
    if (field !== null) field.value = ''
    setSecretGone(draft === null)
    void saving.run(async () => {
      const identity = await call('identities.add', request)
      await refresh()
      if (draft === null && identity.verified) onClose()
      else setDone(identity)
    })
  }

  if (done !== null) {
    return <Done identity={done} fileName={draft?.fileName} vaultName={vaultName} onClose={onClose} />
  }

  const failure = saving.failure ?? reading.failure
  const account = draft === null ? accountHint(fields.accessKeyId) : undefined
  return (
    <Dialog
      title={words.title}
      lead={words.lead(vaultName)}
      onClose={onClose}
      onSubmit={save}
      footer={<FormFooter action={words.save} busy={saving.busy ? words.saving : undefined} onLeave={onClose} />}
    >
      {failure !== null && <ErrorNotice error={failure} />}
      {draft === null ? (
        <DropCard
          title={words.drop}
          text={words.dropText}
          choose={words.choose}
          over={over}
          busy={reading.busy}
          onChoose={pick}
        />
      ) : (
        <DraftCard draft={draft} onReplace={() => setDraft(null)} />
      )}
      {draft?.isRoot && (
        <Notice tone="danger" title={words.rootTitle} alert>
          {words.rootText}
        </Notice>
      )}
      <div className="form">
        <TextField
          label={words.name}
          full
          initialFocus
          value={fields.name}
          problem={problems.name}
          placeholder="dana.whitfield"
          onChange={(name) => set({ name })}
        />
        {draft === null && (
          <>
            <TextField
              label={words.keyId}
              full
              mono
              placeholder="AKIA…"
              value={fields.accessKeyId}
              problem={problems.accessKeyId}
              onChange={(accessKeyId) => set({ accessKeyId })}
              hint={
                account !== undefined && (
                  <>
                    {words.account} <AccountId id={account} />
                    {words.accountHint}
                  </>
                )
              }
            />
            <SecretField
              ref={secretRef}
              label={words.secret}
              full
              mono
              problem={problems.secretAccessKey}
              hint={secretGone && failure !== null ? words.secretAgain : undefined}
            />
          </>
        )}
        <TextField
          label={words.mfa}
          note={strings.optional}
          full
          mono
          placeholder="arn:aws:iam::123456789012:mfa/dana-phone"
          value={fields.mfaSerial}
          problem={problems.mfaSerial}
          hint={words.mfaHint}
          onChange={(mfaSerial) => set({ mfaSerial })}
        />
        <TextField
          label={words.region}
          note={strings.optional}
          mono
          placeholder="eu-west-1"
          value={fields.region}
          problem={problems.region}
          onChange={(region) => set({ region })}
        />
      </div>
    </Dialog>
  )
}

/** The last page, when there is something left to know: the file still holds the secret, or AWS was not asked. */
function Done(props: { identity: Identity; fileName: string | undefined; vaultName: string; onClose: () => void }) {
  const { identity, fileName, vaultName, onClose } = props
  return (
    <Dialog
      title={words.doneTitle(identity.name, vaultName)}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button tone="primary" initialFocus shortcut="⏎" onClick={onClose}>
            {strings.done}
          </Button>
        </>
      }
    >
      {fileName !== undefined && (
        <Notice tone="caution" title={words.doneFile(fileName)}>
          {words.doneFileHint}
        </Notice>
      )}
      {!identity.verified && <Notice title={words.doneUnverified} />}
    </Dialog>
  )
}
