/** The dialog that is open on the break-glass screen. */
import type { SealedCredential } from '#shared/breakglass.ts'
import type { DrillReport } from '#shared/breakglass-drill.ts'
import type { IpcReply } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { RemovalDialog } from '../components/removal-dialog.tsx'
import { breakglassStrings } from '../strings/breakglass.ts'
import { AddSealed } from './add-sealed.tsx'
import { AfterUse } from './after-use.tsx'
import { BreakSeal } from './break-seal.tsx'
import { DrillReportDialog, StartDrill } from './drill-dialogs.tsx'
import { ExportKit } from './export-kit.tsx'
import { OpenKit } from './open-kit.tsx'
import type { SealedDeed } from './sealed-slip.tsx'
import { SetupDialog } from './setup-dialog.tsx'
import type { Signer } from './setup-form.tsx'

const words = breakglassStrings

export type OpenDialog =
  | { readonly kind: 'file' | 'hand' }
  | { readonly kind: 'setup'; readonly resume?: string }
  | { readonly kind: 'start-drill' | 'open-kit' }
  | { readonly kind: 'report'; readonly report: DrillReport }
  | { readonly kind: SealedDeed; readonly credential: SealedCredential }

export function SealedDialogs(props: {
  dialog: OpenDialog
  state: Pick<IpcReply<'breakglass.list'>, 'credentials' | 'interrupted' | 'drill'>
  /** Who can sign what is changed in AWS. */
  signers: readonly Signer[]
  minutes: number
  vaultName: string
  onOpened: (name: string) => void
  onClose: () => void
}) {
  const { dialog, state, signers, onClose } = props
  const { credentials, interrupted } = state
  switch (dialog.kind) {
    case 'file':
    case 'hand':
      return (
        <AddSealed
          kind={dialog.kind}
          taken={credentials.map(({ name }) => name)}
          vaultName={props.vaultName}
          onClose={onClose}
        />
      )
    case 'setup':
      return (
        <SetupDialog
          signers={signers}
          isDrill={state.drill !== null}
          resume={interrupted.find(({ name }) => name === dialog.resume)?.choices}
          onClose={onClose}
        />
      )
    case 'open-kit':
      return <OpenKit onClose={onClose} />
    case 'export':
      return <ExportKit credentials={credentials} chosen={dialog.credential.name} onClose={onClose} />
    case 'start-drill':
      return <StartDrill name={null} onClose={onClose} />
    case 'drill':
      return <StartDrill name={dialog.credential.name} onClose={onClose} />
    case 'report':
      return <DrillReportDialog report={dialog.report} onClose={onClose} />
    case 'open':
      return (
        <BreakSeal
          credential={dialog.credential}
          minutes={props.minutes}
          onClose={onClose}
          onOpened={(name) => {
            props.onOpened(name)
            onClose()
          }}
        />
      )
    case 'after':
    case 'rotate':
      return (
        <AfterUse
          credential={credentials.find(({ id }) => id === dialog.credential.id) ?? dialog.credential}
          always={dialog.kind === 'rotate'}
          signers={signers}
          onClose={onClose}
        />
      )
    case 'undo':
    case 'remove':
      return <TakeAway kind={dialog.kind} credential={dialog.credential} onClose={onClose} />
    // Done at once, without a question.
    case 'seal':
      return null
  }
}

function TakeAway(props: { kind: 'undo' | 'remove'; credential: SealedCredential; onClose: () => void }) {
  const { name, userName, environment } = props.credential
  const isUndo = props.kind === 'undo'
  const { title, action } = isUndo ? words.undoing : words.removing
  return (
    <RemovalDialog
      title={title(name)}
      lead={isUndo ? words.undoing.lead : words.removing.lead(userName)}
      action={action}
      environment={environment}
      remove={() => call(isUndo ? 'breakglass.undo' : 'breakglass.remove', { name })}
      onClose={props.onClose}
    />
  )
}
