/** Sharing a sign-in with the AWS CLI: what that does before it is done, and what it is once it is. */
import type { CenterIdentity, IdentityDetail } from '#shared/identities.ts'
import { useIdentities } from '../hooks/use-data.ts'
import { ShareForm } from './share-form.tsx'
import { SharedNow } from './shared-now.tsx'
import { useCenter } from './use-centers.ts'

export interface ShareProps {
  readonly name: string
  /** And comes back. */
  readonly onSignIn: () => void
  readonly onClose: () => void
}

export function Share({ name, onSignIn, onClose }: ShareProps) {
  const identity = useIdentities().data?.find((one) => one.name === name)
  const center = useCenter(name)
  if (center === undefined || !isCenter(identity)) return null
  const about = { name, isOut: center.signedInUntil === null, onClose }
  return identity.cliSession === null ? (
    <ShareForm {...about} onSignIn={onSignIn} />
  ) : (
    <SharedNow {...about} session={identity.cliSession} />
  )
}

function isCenter(identity: IdentityDetail | undefined): identity is IdentityDetail & CenterIdentity {
  return identity?.kind === 'identity-center'
}
