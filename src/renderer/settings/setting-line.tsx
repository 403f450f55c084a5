/** One line of the settings: what it is, what follows from it, and its control on the right. */
import type { ReactNode } from 'react'

export function SettingLine(props: { label: string; hint?: ReactNode; children: ReactNode; below?: ReactNode }) {
  const { label, hint, children, below } = props
  return (
    <li className="setting">
      <div className="setting__t">
        <div className="line__t">{label}</div>
        {hint !== undefined && hint !== '' && <div className="hint">{hint}</div>}
      </div>
      <div className="setting__c">{children}</div>
      {below !== undefined && <div className="setting__b">{below}</div>}
    </li>
  )
}
