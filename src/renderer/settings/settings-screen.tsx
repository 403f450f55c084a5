/** How Hallpass behaves. */
import type { ScreenProps } from '../frame/section-screen.tsx'
import { strings } from '../strings.ts'

export function SettingsScreen(_props: ScreenProps) {
  return (
    <header className="topbar">
      <h1>{strings.nav.settings}</h1>
    </header>
  )
}
