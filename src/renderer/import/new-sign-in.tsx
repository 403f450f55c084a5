/** An Identity Center that becomes an identity with what is taken in: nobody is signed in by that. */
import type { IdentityCenterFound } from '#shared/import.ts'
import { Notice } from '../components/notice.tsx'
import { movingInStrings as words } from '../strings/moving-in.ts'

export function NewSignIn({ center: { name, startUrl } }: { center: Pick<IdentityCenterFound, 'name' | 'startUrl'> }) {
  return (
    <Notice title={words.newSignIn(name)}>
      {words.signInAfter} <span className="mono">{startUrl}</span>
    </Notice>
  )
}
