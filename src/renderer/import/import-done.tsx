/** The last page of moving in: what was added, what was moved, and what could not be. */
import type { ImportedItem, ImportResult } from '#shared/import.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Notice } from '../components/notice.tsx'
import { plaintextKeys } from '../lib/import-choice.ts'
import { type ImportPlace, movingInStrings as words } from '../strings/moving-in.ts'
import { strings } from '../strings.ts'

export function ImportDone(props: { result: ImportResult; place: ImportPlace; onClose: () => void }) {
  const { result, place, onClose } = props
  const { items } = result
  const added = items.filter((item) => item.result === 'added')
  const moved = items.filter((item) => item.moved)
  const failed = items.filter((item) => item.error !== null)
  const left = items.filter((item) => item.plaintextKey && !item.moved && item.result !== 'left-out')
  return (
    <Dialog
      title={words.doneTitle(added.length, place)}
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
      {failed.length > 0 && (
        <Notice tone="danger" title={words.doneFailed(failed.length, place)} alert>
          <Failures items={failed} />
        </Notice>
      )}
      {added.some((item) => item.verified === false) && <Notice title={words.unverified} />}
      {moved.length > 0 && <Notice icon="check" title={words.doneMoved(plaintextKeys(moved))} />}
      {left.length > 0 && <Notice tone="caution" title={words.doneLeft(plaintextKeys(left))} />}
      {added.length > 0 && (
        <ul className="imports__names">
          {added.map((item) => (
            <li key={item.profile} className="cut">
              {item.name}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function Failures({ items }: { items: readonly ImportedItem[] }) {
  return (
    <ul className="imports__failures">
      {items.map((item) => (
        <li key={item.profile}>
          <strong>{item.profile}</strong> {item.error?.message} {item.error?.hint}
        </li>
      ))}
    </ul>
  )
}
