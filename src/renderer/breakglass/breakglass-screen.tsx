/** Sealed credentials for emergencies. */
import type { ScreenProps } from '../frame/section-screen.tsx'
import { strings } from '../strings.ts'

export function BreakGlassScreen(_props: ScreenProps) {
  return (
    <header className="topbar">
      <h1>{strings.nav.breakglass}</h1>
    </header>
  )
}
