/** The TOTP seed of an identity's MFA device: given once, never shown, removed again. */
import { useRef, useState } from 'react'
import { totpSeedField } from '#shared/fields.ts'
import type { IdentityDetail } from '#shared/models.ts'
import { call } from '../bridge.ts'
import { Switch } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { SecretField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { RemovalDialog } from '../components/removal-dialog.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { problemWith } from '../lib/fields.ts'
import { deviceName } from '../lib/format.ts'
import { setupStrings } from '../strings/setup.ts'

interface TotpDialogProps {
  readonly identity: IdentityDetail
  readonly vaultName: string
  readonly onClose: () => void
}

export function AddTotp({ identity, vaultName, onClose }: TotpDialogProps) {
  const words = setupStrings.addTotp
  const seedRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const [verify, setVerify] = useState(false)
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()
  const save = (): void => {
    const field = seedRef.current
    const seed = field?.value ?? ''
    const found = problemWith(totpSeedField, seed)
    setProblem(found)
    if (found !== undefined || busy) return
    if (field !== null) field.value = ''
    void run(async () => {
      await call('identities.add-totp', { name: identity.name, seed, verify })
      await refresh()
      showToast(words.added(identity.name))
      onClose()
    })
  }
  return (
    <Dialog
      title={words.title(deviceName(identity.mfaSerial ?? ''))}
      lead={words.lead}
      onClose={onClose}
      onSubmit={save}
      footer={
        <FormFooter
          action={words.save}
          busy={busy ? (verify ? words.verifying : words.saving) : undefined}
          onLeave={onClose}
        />
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <Notice tone="caution" title={words.tradeOff(vaultName)}>
        {words.tradeOffText}
      </Notice>
      <div className="form">
        <SecretField
          ref={seedRef}
          label={words.seed}
          full
          mono
          initialFocus
          problem={problem}
          hint={failure === null ? words.seedHint : words.seedAgain}
        />
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
