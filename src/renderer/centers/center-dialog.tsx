/** Identity Center from a start URL to roles in the list: adding, signing in and reading, one after the other; and sharing. */
import { useRef, useState } from 'react'
import { showToast } from '../components/toast.tsx'
import type { CenterStart } from '../lib/identity-dialogs.ts'
import { centerStrings } from '../strings/centers.ts'
import { AddCenter } from './add-center.tsx'
import { Discovery } from './discovery.tsx'
import { Share } from './share.tsx'
import { SignIn } from './sign-in.tsx'
import { useCenter } from './use-centers.ts'

export interface CenterDialogProps {
  readonly start: CenterStart
  readonly taken: readonly string[]
  readonly onClose: () => void
  /** Goes on elsewhere once somebody is signed in; without it, roles that were never read are offered to be. */
  readonly onSignedIn?: () => void
  /** Goes to the roles, and to this one. */
  readonly onShowRole?: ((name: string) => void) | undefined
}

export function CenterDialog(props: CenterDialogProps) {
  const { onClose, onSignedIn } = props
  const [step, setStep] = useState<CenterStart>(props.start)
  const name = step.kind === 'add' ? '' : step.name
  const center = useCenter(name)
  // Asked once somebody is signed in, which is long after the sign-in has begun.
  const wasRead = useRef(false)
  wasRead.current = center !== undefined && center.choices !== null
  switch (step.kind) {
    case 'add':
      return (
        <AddCenter
          taken={props.taken}
          onAdded={(added, way) => setStep({ kind: 'sign-in', name: added, way })}
          onClose={onClose}
        />
      )
    case 'sign-in':
      return (
        <SignIn
          key={step.way}
          name={name}
          way={step.way}
          onWay={(way) => setStep({ ...step, way })}
          onSignedIn={() => {
            if (onSignedIn !== undefined) onSignedIn()
            else if (props.start.kind === 'share') setStep(props.start)
            // Whoever came from the reading goes back to it.
            else if (wasRead.current && props.start.kind === 'sign-in') {
              showToast(centerStrings.signIn.done(name))
              onClose()
            } else setStep({ kind: 'discover', name })
          }}
          onClose={onClose}
        />
      )
    case 'discover':
      return (
        <Discovery
          name={name}
          onSignIn={() => setStep({ kind: 'sign-in', name, way: 'browser' })}
          onShowRole={props.onShowRole}
          onClose={onClose}
        />
      )
    case 'share':
      return <Share name={name} onSignIn={() => setStep({ kind: 'sign-in', name, way: 'browser' })} onClose={onClose} />
  }
}
