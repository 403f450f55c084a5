/** What is wrong with the log, where, and what still holds. Nothing while all is well. */
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { activityStrings } from '../strings/activity.ts'
import type { Verification } from './use-verification.ts'

const words = activityStrings.chain

export function ChainNotice({ verification: { verdict, failure, checking } }: { verification: Verification }) {
  if (checking) return null
  if (failure !== null) {
    return (
      <div className="barnote">
        <ErrorNotice error={failure} />
      </div>
    )
  }
  if (verdict?.problem) {
    const { seq, message } = verdict.problem
    return (
      <div className="barnote">
        <Notice tone="danger" title={`${words.broken(seq)}.`} alert>
          {message} {words.upTo(seq)} {words.keep}
        </Notice>
      </div>
    )
  }
  if (verdict?.before == null) return null
  return (
    <div className="barnote">
      <Notice tone="caution" title={words.replaced}>
        {words.replacedHow[verdict.before]}
      </Notice>
    </div>
  )
}
