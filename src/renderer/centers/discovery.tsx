/** Reading the roles of a sign-in: what is chosen, how far it is, and what came of it. It goes on when this closes. */
import { useRef, useState } from 'react'
import type { HallpassError } from '#shared/errors.ts'
import type { DiscoveryChoices } from '#shared/identity-center.ts'
import { call, toHallpassError } from '../bridge.ts'
import { showToast } from '../components/toast.tsx'
import { useMounted } from '../hooks/use-mounted.ts'
import { centerStrings } from '../strings/centers.ts'
import { DiscoveryForm } from './discovery-form.tsx'
import { DiscoveryProgress } from './discovery-progress.tsx'
import { DiscoveryReport } from './discovery-report.tsx'
import { useCenter } from './use-centers.ts'

export interface DiscoveryOptions {
  readonly dryRun?: boolean
  readonly prune?: boolean
  /** Does what was just shown, without reading it once more. */
  readonly reuse?: boolean
}

export function Discovery(props: {
  name: string
  onSignIn: () => void
  onShowRole: ((name: string) => void) | undefined
  onClose: () => void
}) {
  const { name, onSignIn, onClose } = props
  const center = useCenter(name)
  // One that is under way is shown; otherwise it begins with the choices.
  const [isChoosing, setChoosing] = useState(() => center?.reading == null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<HallpassError | null>(null)
  const chosen = useRef<DiscoveryChoices | undefined>(undefined)
  const isMounted = useMounted()

  const read = async ({ dryRun = false, prune = false, reuse = false }: DiscoveryOptions): Promise<void> => {
    setChoosing(false)
    setBusy(true)
    setFailure(null)
    try {
      const { added, isComplete } = await call('centers.discover', {
        name,
        dryRun,
        prune,
        reuse,
        ...(chosen.current === undefined ? {} : { choices: chosen.current }),
      })
      if (!isMounted() && !dryRun && isComplete) showToast(centerStrings.report.doneToast(name, added.count))
    } catch (caught) {
      const error = toHallpassError(caught)
      if (!isMounted()) showToast(centerStrings.report.failedToast(name, error.message))
      setFailure(error)
      setChoosing(true)
    } finally {
      setBusy(false)
    }
  }

  if (center === undefined) return null
  if (busy || center.reading !== null) return <DiscoveryProgress center={center} onClose={onClose} />
  if (isChoosing || center.report === null) {
    return (
      <DiscoveryForm
        center={center}
        chosen={chosen.current}
        failure={failure}
        onSignIn={onSignIn}
        onRead={(choices, options) => {
          chosen.current = choices
          void read(options)
        }}
        onClose={onClose}
      />
    )
  }
  return (
    <DiscoveryReport
      name={name}
      report={center.report}
      onRead={(options) => void read(options)}
      onBack={() => setChoosing(true)}
      onSignIn={onSignIn}
      onShowRole={props.onShowRole}
      onClose={onClose}
    />
  )
}
