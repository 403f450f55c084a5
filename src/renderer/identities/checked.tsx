/** Whether AWS has taken an identity's credentials, and when. */
import type { IdentityDetail } from '#shared/identities.ts'
import { Icon } from '../components/icon.tsx'
import { isRootArn } from '../lib/format.ts'
import { formatAgo } from '../lib/time.ts'
import { setupStrings } from '../strings/setup.ts'

const words = setupStrings.identities

export function Checked({ identity, now }: { identity: IdentityDetail; now: number }) {
  const isRoot = isRootArn(identity.userArn)
  if (isRoot || !identity.verified) {
    return (
      <small className={isRoot ? 'key__c danger' : 'key__c caution'}>
        <Icon name="alert" size={12} />
        {isRoot ? words.root : words.unverified}
      </small>
    )
  }
  return (
    <small className="key__c ok">
      <Icon name="check" size={12} />
      {words.verified}
      {identity.verifiedAt !== null && <time className="t3 cut">{formatAgo(identity.verifiedAt, now)}</time>}
    </small>
  )
}
