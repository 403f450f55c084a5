/** After something was done to several roles and failed for some: which, why, and the way to try just those again. */
import { Button, IconButton } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { failedOf } from '../lib/bulk-run.ts'
import { namesOf } from '../lib/several-roles.ts'
import { strings } from '../strings.ts'
import type { Bulk } from './use-bulk.ts'

const words = strings.bulk

export function BulkOutcome({ bulk }: { bulk: Bulk }) {
  const { result, busy } = bulk
  if (result === null) return null
  const failed = failedOf(result.outcomes)
  const done = result.outcomes.filter(({ error }) => error === null)
  return (
    <section className="bulkres" aria-label={words.outcome} data-region="outcome" tabIndex={-1}>
      <div className="bulkres__h">
        <Icon name="alert" />
        <strong className="grow" role="alert">
          {words.some[result.deed](done.length, result.outcomes.length)}
        </strong>
        <Button icon="renew" busy={busy === null ? undefined : words.trying} onClick={bulk.retry}>
          {words.retry(failed.length)}
        </Button>
        <IconButton quiet label={words.dismiss} icon="x" onClick={bulk.dismiss} />
      </div>
      <ul className="bulkres__list">
        {failed.map(({ name, error }) => (
          <li key={name}>
            <strong>{name}</strong>{' '}
            <span className="sel">
              {error.message} {error.hint}
            </span>
          </li>
        ))}
        {done.length > 0 && (
          <li className="t3">
            <Icon name="check" size={12} /> {words.doneFor(namesOf(done, 8))}
          </li>
        )}
      </ul>
    </section>
  )
}
