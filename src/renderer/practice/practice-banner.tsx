/** Says on every screen that this is the practice account, with the one way out. */
import { useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Check } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { firstRunStrings } from '../strings/first-run.ts'

const words = firstRunStrings.practice

export function PracticeBanner({ info }: { info: AppInfo | undefined }) {
  const [leaving, setLeaving] = useState(false)
  if (!info?.isPractice) return null
  return (
    <div className="bannerbar bannerbar--practice">
      <Notice
        icon="flask"
        title={words.title}
        actions={<Button onClick={() => setLeaving(true)}>{words.leave}</Button>}
      >
        {words.text}
      </Notice>
      {leaving && <LeavePractice onClose={() => setLeaving(false)} />}
    </div>
  )
}

function LeavePractice({ onClose }: { onClose: () => void }) {
  const [remove, setRemove] = useState(false)
  const { busy, failure, run } = useBusy()
  return (
    <Dialog
      title={words.leaveTitle}
      lead={words.leaveLead}
      size="sm"
      onClose={onClose}
      onSubmit={() => void run(() => call('practice.leave', { remove }))}
      footer={<FormFooter action={words.leave} busy={busy ? words.leaving : undefined} onLeave={onClose} />}
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <Check label={words.remove} checked={remove} onChange={setRemove} />
    </Dialog>
  )
}
