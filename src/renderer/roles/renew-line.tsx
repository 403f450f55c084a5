/** Whether a role's session is renewed by itself, and what follows from that. */
import { Switch } from '../components/choice.tsx'
import type { RoleFields } from '../lib/role-form.ts'
import { setupStrings } from '../strings/setup.ts'

const words = setupStrings.role

export function RenewLine(props: {
  fields: Pick<RoleFields, 'autoRenew'>
  /** Over both columns of a form. */
  full?: boolean
  set: (change: Pick<RoleFields, 'autoRenew'>) => void
}) {
  const { autoRenew } = props.fields
  return (
    <div className={props.full ? 'full line' : 'line'}>
      <div>
        <div className="line__t">{words.renew}</div>
        <p className="hint">{autoRenew ? words.renewHint : words.lapseHint}</p>
      </div>
      <Switch label={words.renew} checked={autoRenew} onChange={(on) => props.set({ autoRenew: on })} />
    </div>
  )
}
