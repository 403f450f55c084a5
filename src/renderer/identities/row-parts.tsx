/** What the rows of identities share, whatever kind they are of. */
import type { ReactNode } from 'react'
import type { HallpassError } from '#shared/errors.ts'
import { ErrorNotice } from '../components/notice.tsx'

/** The name, and below it what tells which one it is. */
export function NameCell(props: { name: string; children: ReactNode; below?: ReactNode }) {
  const { name, children, below } = props
  return (
    <div className="cut">
      <div className="key__n">
        <span className="cut sel" title={name}>
          {name}
        </span>
      </div>
      <small>{children}</small>
      {below}
    </div>
  )
}

/** Why the last thing that was tried with it failed; nothing while nothing has. */
export function RowFailure({ failure }: { failure: HallpassError | null }) {
  if (failure === null) return null
  return (
    <div className="key__note">
      <ErrorNotice error={failure} />
    </div>
  )
}
