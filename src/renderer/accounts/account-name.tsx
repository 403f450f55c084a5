/** An account as its name, else its id in fours. */
import { AccountId } from '../components/marks.tsx'

export function AccountName({ id, name }: { id: string; name: string | null }) {
  return name === null ? (
    <AccountId id={id} />
  ) : (
    <span className="cut" title={name}>
      {name}
    </span>
  )
}
