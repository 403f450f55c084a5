/** The doctor: what needs a look comes first, each with its next step as a button; then what is in order. */
import { useState } from 'react'
import type { DoctorCheck } from '#shared/doctor.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { ErrorNotice, FailedScreen } from '../components/notice.tsx'
import type { ScreenProps } from '../frame/section-screen.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useDelayed } from '../hooks/use-delayed.ts'
import { ImportDialog } from '../import/import-dialog.tsx'
import { doctorStrings as words } from '../strings/doctor.ts'
import { strings } from '../strings.ts'
import { CheckRow, PassedRow } from './check-row.tsx'
import { ReportDialog } from './report-dialog.tsx'
import { useFindings } from './use-findings.ts'

export function DoctorScreen({ info, onSection }: ScreenProps) {
  const { findings, checking, failure, check } = useFindings()
  const refresh = useRefresh()
  const repairing = useBusy()
  const [dialog, setDialog] = useState<'report' | 'import' | null>(null)
  const close = (): void => setDialog(null)
  const waiting = useDelayed(findings === undefined && failure === null)

  const checks = findings?.checks ?? []
  const problems = [...checks.filter(stateIs('fail')), ...checks.filter(stateIs('warn'))]
  const passed = checks.filter(stateIs('ok'))
  const act = (next: NonNullable<DoctorCheck['next']>): void => {
    const { repair, place } = next
    if (repair !== null) {
      void repairing.run(async () => {
        await call('doctor.repair', { repair })
        await refresh()
        await check()
      })
    } else if (place === 'import') setDialog('import')
    else if (place !== null) onSection(place)
  }

  return (
    <>
      <header className="topbar">
        <div className="grow">
          <h1>{words.title}</h1>
        </div>
        <Button icon="file" onClick={() => setDialog('report')}>
          {words.save}
        </Button>
        <Button icon="globe" disabled={checking} onClick={() => void check({ askAws: true })}>
          {words.askAws}
        </Button>
        <Button icon="renew" busy={checking ? words.checking : undefined} onClick={() => void check()}>
          {words.again}
        </Button>
      </header>
      {failure !== null && findings === undefined && <FailedScreen error={failure} onRetry={() => void check()} />}
      {findings === undefined && failure === null && (
        <div className="page">
          <div className="page__in">
            {waiting && (
              <p className="t3" role="status">
                {words.checking}
              </p>
            )}
          </div>
        </div>
      )}
      {findings !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the page scrolls, and may have no button to scroll by
        <section className="page" aria-label={words.title} tabIndex={0}>
          <div className="page__in">
            <p className={problems.length === 0 ? 'doctor__sum ok' : 'doctor__sum'} role="status">
              {problems.length === 0
                ? words.allWell
                : words.summary(checks.filter(stateIs('fail')).length, checks.filter(stateIs('warn')).length)}
            </p>
            {failure !== null && <ErrorNotice error={failure} />}
            {repairing.failure !== null && <ErrorNotice error={repairing.failure} />}
            {problems.length > 0 && (
              <section aria-label={words.problems}>
                <ul className="card checks">
                  {problems.map((one) => (
                    <CheckRow key={one.id} check={one} busy={repairing.busy} onAct={act} />
                  ))}
                </ul>
              </section>
            )}
            <section>
              <div className="h h--pad">
                <h2>{words.passed(passed.length)}</h2>
              </div>
              <ul className="card checks checks--passed">
                {passed.map((one) => (
                  <PassedRow key={one.id} check={one} />
                ))}
              </ul>
            </section>
          </div>
        </section>
      )}
      {dialog === 'report' && <ReportDialog onClose={close} />}
      {dialog === 'import' && (
        <ImportDialog
          moving
          vaultName={strings.vault.name[info?.vault.kind ?? 'keychain']}
          onClose={() => {
            close()
            void check()
          }}
        />
      )}
    </>
  )
}

const stateIs = (state: DoctorCheck['state']) => (check: DoctorCheck) => check.state === state
