/** Saving a report for somebody who is to help: what is in it, and what becomes of names. */
import { useState } from 'react'
import type { ReportNames } from '#shared/doctor.ts'
import { call } from '../bridge.ts'
import { Segmented } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { doctorStrings as words } from '../strings/doctor.ts'

const NAMES = (['hashed', 'left-out'] as const).map((value) => ({ value, label: words.names[value] }))

export function ReportDialog({ onClose }: { onClose: () => void }) {
  const [names, setNames] = useState<ReportNames>('hashed')
  const { busy, failure, run } = useBusy()
  const save = (): void =>
    void run(async () => {
      const saved = await call('doctor.save-report', { names })
      if (saved === null) return
      showToast(words.saved(saved.fileName))
      onClose()
    })
  return (
    <Dialog
      title={words.reportTitle}
      lead={words.reportLead}
      onClose={onClose}
      onSubmit={save}
      footer={<FormFooter action={words.reportSave} busy={busy ? words.saving : undefined} onLeave={onClose} />}
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <div>
        <span className="label" aria-hidden="true">
          {words.reportNames}
        </span>
        <Segmented label={words.reportNames} segments={NAMES} value={names} onChange={setNames} wide />
        <p className="hint">{words.namesHint[names]}</p>
      </div>
    </Dialog>
  )
}
