/** The access-key file in the form: what was read from it, never its secret. */
import type { AccessKeyDraft } from '#shared/ipc.ts'
import { Button } from '../components/button.tsx'
import { FilledCard } from '../components/drop-card.tsx'
import { AccountId } from '../components/marks.tsx'
import { shortenKeyId } from '../lib/format.ts'
import { setupStrings } from '../strings/setup.ts'

const words = setupStrings.addIdentity

export function DraftCard({ draft, onReplace }: { draft: AccessKeyDraft; onReplace: () => void }) {
  return (
    <FilledCard
      icon="key"
      title={<span className="mono">{shortenKeyId(draft.accessKeyId)}</span>}
      action={
        <Button tone="quiet" onClick={onReplace}>
          {words.otherFile}
        </Button>
      }
    >
      {draft.accountId !== null && (
        <>
          {words.account} <AccountId id={draft.accountId} />.{' '}
        </>
      )}
      {words.fromFile(draft.fileName)}
    </FilledCard>
  )
}
