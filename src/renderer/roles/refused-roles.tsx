/** Which of several roles an edit can't be made for, and why, with the way to leave just those out. */
import { useQuery } from '@tanstack/react-query'
import type { HallpassError } from '#shared/errors.ts'
import type { RoleChange } from '#shared/role-changes.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { failedOf, runEach } from '../lib/bulk-run.ts'
import { strings } from '../strings.ts'

const words = strings.bulkEdit

/** More are not asked about one by one: each is a reading of the AWS files. */
const MOST = 100

/**
 * @param props.error why all of them together are refused: said where no single one is the reason
 * @param props.changes what was refused
 */
export function RefusedRoles(props: {
  error: HallpassError
  changes: readonly RoleChange[]
  onLeaveOut: (names: readonly string[]) => void
}) {
  const { error, changes, onLeaveOut } = props
  const each = useQuery({
    queryKey: ['roles.plan-many', 'each', changes],
    queryFn: () => {
      const byName = new Map(changes.map((change) => [change.name, change]))
      const plan = async (name: string) =>
        call(
          'roles.plan-many',
          [byName.get(name)].flatMap((one) => one ?? []),
        )
      return runEach([...byName.keys()], plan, toHallpassError)
    },
    enabled: changes.length > 1 && changes.length <= MOST,
    gcTime: 0,
  })
  const refused = failedOf(each.data ?? [])
  // All of them for one reason, or only together.
  if (refused.length === 0 || refused.length === changes.length) return <ErrorNotice error={error} />
  return (
    <Notice
      tone="danger"
      title={words.refused(refused.length, changes.length)}
      alert
      actions={
        <Button onClick={() => onLeaveOut(refused.map(({ name }) => name))}>{words.leaveOut(refused.length)}</Button>
      }
    >
      <ul className="bulk__lines">
        {refused.map(({ name, error: reason }) => (
          <li key={name}>
            <strong>{name}</strong> {reason.message} {reason.hint}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
