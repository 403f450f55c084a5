/** The TOTP seed of an identity's MFA device: given once, as text or as the picture of its QR code, and never shown. */
import { useRef, useState } from 'react'
import { totpSeedField } from '#shared/fields.ts'
import type { IdentityDetail } from '#shared/identities.ts'
import type { TotpDraft } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Switch } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { DropCard, FilledCard } from '../components/drop-card.tsx'
import { SecretField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { RemovalDialog } from '../components/removal-dialog.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useFileDrop } from '../hooks/use-file-drop.ts'
import { problemWith } from '../lib/fields.ts'
import { deviceName } from '../lib/format.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'

interface TotpDialogProps {
  readonly identity: IdentityDetail
  readonly vaultName: string
  readonly onClose: () => void
}

export function AddTotp({ identity, vaultName, onClose }: TotpDialogProps) {
  const words = setupStrings.addTotp
  const seedRef = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState<TotpDraft | null>(null)
  const [problem, setProblem] = useState<string>()
  const [verify, setVerify] = useState(false)
  const [done, setDone] = useState(false)
  const saving = useBusy()
  const reading = useBusy()
  const refresh = useRefresh()

  const take = (read: () => Promise<TotpDraft | null>): void =>
    void reading.run(async () => {
      const found = await read()
      if (found === null) return
      setDraft(found)
      setProblem(undefined)
      saving.setFailure(null)
    })
  const over = useFileDrop((path) => take(() => call('identities.read-totp', { path })))

  const save = (): void => {
    const field = seedRef.current
    const seed = field?.value ?? ''
    const found = draft === null ? problemWith(totpSeedField, seed) : undefined
    setProblem(found)
    if (found !== undefined || saving.busy) return
    if (field !== null) field.value = ''
    const { name } = identity
    const request = draft === null ? { name, seed, verify } : { name, draftId: draft.draftId, verify }
    void saving.run(async () => {
      await call('identities.add-totp', request)
      await refresh()
      showToast(words.added(name))
      if (draft === null) onClose()
      else setDone(true)
    })
  }

  if (done && draft !== null) return <LeftImage fileName={draft.fileName} onClose={onClose} />

  const failure = saving.failure ?? reading.failure
  return (
    <Dialog
      title={words.title(deviceName(identity.mfaSerial ?? ''))}
      lead={words.lead}
      onClose={onClose}
      onSubmit={save}
      footer={
        <FormFooter
          action={words.save}
          busy={saving.busy ? (verify ? words.verifying : words.saving) : undefined}
          onLeave={onClose}
        />
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <Notice tone="caution" title={words.tradeOff(vaultName)}>
        {words.tradeOffText}
      </Notice>
      {draft === null ? (
        <DropCard
          title={words.drop}
          text={words.dropText}
          choose={words.choose}
          over={over}
          busy={reading.busy}
          onChoose={() => take(() => call('identities.pick-totp', undefined))}
        />
      ) : (
        <FilledCard
          icon="phone"
          title={words.fromFile(draft.fileName)}
          action={
            <Button tone="quiet" onClick={() => setDraft(null)}>
              {setupStrings.addIdentity.otherFile}
            </Button>
          }
        >
          {words.fromFileText}
        </FilledCard>
      )}
      <div className="form">
        {draft === null && (
          <SecretField
            ref={seedRef}
            label={words.seed}
            full
            mono
            initialFocus
            problem={problem}
            hint={saving.failure === null ? words.seedHint : words.seedAgain}
          />
        )}
        <div className="full line">
          <div>
            <div className="line__t">{words.verify}</div>
            <p className="hint">{words.verifyHint}</p>
          </div>
          <Switch label={words.verify} checked={verify} onChange={setVerify} />
        </div>
      </div>
    </Dialog>
  )
}

/** The last page after a picture: it still shows the seed to whoever opens it. */
function LeftImage({ fileName, onClose }: { fileName: string; onClose: () => void }) {
  const words = setupStrings.addTotp
  return (
    <Dialog
      title={words.doneTitle}
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
      <Notice tone="caution" title={words.doneFile(fileName)}>
        {setupStrings.addIdentity.doneFileHint}
      </Notice>
    </Dialog>
  )
}

export function RemoveTotp({ identity, vaultName, onClose }: TotpDialogProps) {
  const words = setupStrings.removeTotp
  return (
    <RemovalDialog
      title={words.title(deviceName(identity.mfaSerial ?? ''))}
      lead={words.lead(vaultName)}
      action={words.action}
      remove={() => call('identities.remove-totp', { name: identity.name })}
      onClose={onClose}
    />
  )
}
