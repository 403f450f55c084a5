/** How far a reading is. Closing it lets the reading go on. */
import { useState } from 'react'
import type { CenterView } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { centerStrings } from '../strings/centers.ts'
import { useProgress } from './use-centers.ts'

const words = centerStrings.discover

export function DiscoveryProgress({ center, onClose }: { center: CenterView; onClose: () => void }) {
  const progress = useProgress(center)
  const [stopping, setStopping] = useState(false)
  const known = progress?.accountsKnown ?? 0
  const done = progress?.accountsDone ?? 0
  const stop = (): void => {
    setStopping(true)
    void call('centers.cancel', { name: center.name }).catch(() => setStopping(false))
  }
  return (
    <Dialog
      title={words.title(center.name)}
      lead={words.goesOn}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <Button busy={stopping ? words.stopping : undefined} onClick={stop}>
            {words.stop}
          </Button>
          <span className="grow" />
          <Button shortcut="Esc" initialFocus onClick={onClose}>
            {words.hide}
          </Button>
        </>
      }
    >
      <div className="progress">
        <progress className="progress__bar" aria-label={words.reading} max={Math.max(known, 1)} value={done} />
        <p className="progress__t" role="status">
          <span>{known === 0 ? words.starting : words.accounts(done, known)}</span>
          <span className="t2">{words.found(progress?.rolesFound ?? 0)}</span>
        </p>
        {(progress?.throttled ?? 0) > 0 && <p className="hint">{words.throttled}</p>}
      </div>
    </Dialog>
  )
}
