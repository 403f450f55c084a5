/** Whether the log is what was recorded: said in words and with an icon, beside the screen's name. */
import type { VaultStatus } from '#shared/vault.ts'
import { Icon, type IconName } from '../components/icon.tsx'
import { useNow } from '../hooks/use-now.ts'
import { formatAgo } from '../lib/time.ts'
import { activityStrings } from '../strings/activity.ts'
import type { Verification } from './use-verification.ts'

const words = activityStrings.chain

interface Face {
  readonly tone: 'ok' | 'danger' | 'caution' | 'quiet'
  readonly icon: IconName | null
  readonly text: string
}

export function ChainBadge(props: { verification: Verification; vault: VaultStatus['state'] | undefined }) {
  const { verdict, checkedAt } = props.verification
  const now = useNow()
  const { tone, icon, text } = faceOf(props.verification, props.vault)
  const shown = verdict !== null && (tone === 'ok' || tone === 'danger')
  return (
    <div className={`verified verified--${tone}`}>
      {icon === null ? <i className="spin" /> : <Icon name={icon} />}
      {/* How long ago it was stays silent: it changes by itself. */}
      <span className="verified__t" role="status">
        {text}
      </span>
      {shown && (
        <span className="cut" data-volatile>
          {tone === 'ok' && `${words.entries(verdict.entries, verdict.trimmed)}, `}
          {words.checked(formatAgo(new Date(checkedAt).toISOString(), now))}
        </span>
      )}
    </div>
  )
}

function faceOf({ verdict, checking, failure }: Verification, vault: VaultStatus['state'] | undefined): Face {
  if (checking) return { tone: 'quiet', icon: null, text: words.checking }
  if (verdict !== null && !verdict.intact) {
    return { tone: 'danger', icon: 'alert', text: words.broken(verdict.problem?.seq ?? 0) }
  }
  // What can't be proven now is not called proven.
  if (vault === 'locked') return { tone: 'caution', icon: 'lock', text: words.locked }
  if (vault === 'unavailable') return { tone: 'caution', icon: 'alert', text: words.unavailable }
  if (failure !== null) return { tone: 'caution', icon: 'alert', text: words.failed }
  if (verdict === null) return { tone: 'quiet', icon: 'shield', text: words.waiting }
  return { tone: 'ok', icon: 'shield', text: words.verified }
}
