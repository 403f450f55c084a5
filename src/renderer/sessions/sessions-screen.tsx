/** What is live, and until when. */
import type { ScreenProps } from '../frame/section-screen.tsx'
import { strings } from '../strings.ts'

export function SessionsScreen(_props: ScreenProps) {
  return (
    <header className="topbar">
      <h1>{strings.nav.sessions}</h1>
    </header>
  )
}
