/** Says once, politely, that a session has five minutes and one minute left. The visible timers stay silent. */
import { useEffect, useRef, useState } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import { useNow } from '../hooks/use-now.ts'
import { dueAnnouncement } from '../lib/announce.ts'
import { liveRoles } from '../lib/role-list.ts'
import { speakRemaining } from '../lib/time.ts'
import { strings } from '../strings.ts'

export function ExpiryAnnouncer({ roles }: { roles: readonly RoleRow[] }) {
  const now = useNow()
  const said = useRef(new Set<string>())
  const [text, setText] = useState('')
  useEffect(() => {
    const due = dueAnnouncement(liveRoles(roles, now), said.current, now)
    if (due === undefined) return
    said.current.add(due.key)
    setText(strings.state.runsOut(due.name, speakRemaining(due.secondsLeft)))
  }, [roles, now])
  return (
    <p className="sr" role="status">
      {text}
    </p>
  )
}
