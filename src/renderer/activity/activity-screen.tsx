/** What was done with which credential. */
import type { ScreenProps } from '../frame/section-screen.tsx'
import { strings } from '../strings.ts'

export function ActivityScreen(_props: ScreenProps) {
  return (
    <header className="topbar">
      <h1>{strings.nav.activity}</h1>
    </header>
  )
}
