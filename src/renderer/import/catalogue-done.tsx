/** The last page of taking a catalogue in. */
import type { CatalogueResult } from '#shared/catalogue.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Notice } from '../components/notice.tsx'
import { movingInStrings } from '../strings/moving-in.ts'
import { strings } from '../strings.ts'

const words = movingInStrings.catalogue

export function CatalogueDone({ result, onClose }: { result: CatalogueResult; onClose: () => void }) {
  const of = (what: CatalogueResult['items'][number]['result']) => result.items.filter((item) => item.result === what)
  const failed = of('failed')
  const counts = [
    [of('added').length, words.added],
    [of('changed').length, words.changed],
    [of('removed').length, words.removed],
  ] as const
  const sentences = counts.flatMap(([count, sentence]) => (count === 0 ? [] : [sentence(count)]))
  return (
    <Dialog
      title={words.doneTitle(result.catalogue)}
      lead={sentences.length === 0 ? words.upToDate : sentences.join(' ')}
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
        <Notice tone="danger" title={words.failed(failed.length)} alert>
          <ul className="imports__failures">
            {failed.map(({ key, name, error }) => (
              <li key={key}>
                <strong>{name ?? key}</strong> {error?.message} {error?.hint}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </Dialog>
  )
}
