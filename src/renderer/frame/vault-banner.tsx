/** Says on every screen that keys can't be read, why, and what to do. */
import type { AppInfo } from '#shared/ipc.ts'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { strings } from '../strings.ts'

export function VaultBanner({ vault, onRetry }: { vault: AppInfo['vault'] | undefined; onRetry: () => void }) {
  if (vault === undefined || vault.state === 'unlocked') return null
  const locked = vault.state === 'locked'
  const fallback = locked ? strings.vault.lockedTitle[vault.kind] : strings.vault.unavailableTitle
  return (
    <div className="bannerbar">
      <Notice
        tone="caution"
        icon={locked ? 'lock' : 'alert'}
        title={vault.problem?.message ?? fallback}
        alert
        actions={<Button onClick={onRetry}>{strings.tryAgain}</Button>}
      >
        {vault.problem?.hint ?? (locked ? strings.vault.lockedHint : undefined)}
      </Notice>
    </div>
  )
}
