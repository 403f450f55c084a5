/** Says on every screen that records were lost to a damaged file, until the person has read it. */
import type { AppInfo } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { strings } from '../strings.ts'

export function DamageBanner({ damage, onRead }: { damage: AppInfo['damage'] | undefined; onRead: () => void }) {
  if (!damage) return null
  const acknowledge = async (): Promise<void> => {
    await call('app.acknowledge-damage', undefined)
    onRead()
  }
  return (
    <div className="bannerbar">
      <Notice
        tone="caution"
        icon="alert"
        title={damage.message}
        alert
        actions={<Button onClick={() => void acknowledge()}>{strings.understood}</Button>}
      >
        {damage.hint}
      </Notice>
    </div>
  )
}
