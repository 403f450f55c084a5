/** The access-key file in the form: where it is dropped, and what was read from it. Never its secret. */
import type { AccessKeyDraft } from '#shared/ipc.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId } from '../components/marks.tsx'
import { shortenKeyId } from '../lib/format.ts'
import { setupStrings } from '../strings/setup.ts'

const words = setupStrings.addIdentity

export function DropCard({ over, busy, onChoose }: { over: boolean; busy: boolean; onChoose: () => void }) {
  return (
    <div className={over ? 'drop drop--over' : 'drop'}>
      <Icon name="file" />
      <span className="grow">
        <strong>{words.drop}</strong>
        {words.dropText}{' '}
        <button type="button" className="linkbtn" onClick={onChoose}>
          {words.choose}
        </button>
      </span>
      {busy && <i className="spin" />}
    </div>
  )
}

export function DraftCard({ draft, onReplace }: { draft: AccessKeyDraft; onReplace: () => void }) {
  return (
    <div className="drop drop--full">
      <Icon name="key" />
      <span className="grow">
        <strong className="mono">{shortenKeyId(draft.accessKeyId)}</strong>
        {draft.accountId !== null && (
          <>
            {words.account} <AccountId id={draft.accountId} />.{' '}
          </>
        )}
        {words.fromFile(draft.fileName)}
      </span>
      <Button tone="quiet" onClick={onReplace}>
        {words.otherFile}
      </Button>
    </div>
  )
}
