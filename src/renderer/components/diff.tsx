/** The lines a change touches: its sign, its colour and its words say the same. */
import { type DiffRow, toDiffRows } from '../lib/diff-rows.ts'
import { strings } from '../strings.ts'
import { Scrolling } from './scrolling.tsx'

const SIGNS: Record<DiffRow['kind'], string> = { file: '', place: '', note: '', same: ' ', added: '+', removed: '−' }

/** @param diff unified, secrets masked by core */
export function Diff({ diff, label }: { diff: string; label: string }) {
  return (
    <Scrolling className="diff sel" label={label}>
      {numbered(toDiffRows(diff)).map(({ number, kind, text }) => (
        <div key={number} className={`diff__row diff__row--${kind}`}>
          {SIGNS[kind] !== '' && (
            <span className="diff__sign" aria-hidden="true">
              {SIGNS[kind]}
            </span>
          )}
          {(kind === 'added' || kind === 'removed') && <span className="sr">{strings.diff[kind]}</span>}
          <span className="diff__text">{text}</span>
        </div>
      ))}
    </Scrolling>
  )
}

function numbered(rows: readonly DiffRow[]) {
  return rows.map((row, number) => ({ ...row, number }))
}
