/** The top of the screen: its name, whether the log is true, checking again, and the way out for all of it. */
import type { AppInfo } from '#shared/ipc.ts'
import { Button, buttonClass } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { ActionMenu } from '../components/menu.tsx'
import { activityStrings } from '../strings/activity.ts'
import { ChainBadge } from './chain-badge.tsx'
import type { ExportFormat, LogExport } from './use-export.ts'
import type { Verification } from './use-verification.ts'

const words = activityStrings
const FORMATS: readonly ExportFormat[] = ['jsonl', 'csv']

export function ActivityBar(props: { info: AppInfo | undefined; verification: Verification; exporting: LogExport }) {
  const { verification, exporting } = props
  return (
    <header className="topbar">
      <div className="grow h">
        <h1>{words.title}</h1>
        <ChainBadge verification={verification} vault={props.info?.vault.state} />
      </div>
      <Button large busy={verification.checking ? words.chain.checkingShort : undefined} onClick={verification.check}>
        {words.chain.check}
      </Button>
      <ActionMenu
        label={words.export}
        className={buttonClass({ large: true })}
        entries={FORMATS.map((format) => ({
          id: format,
          label: words.formats[format],
          icon: format === 'csv' ? 'csv' : 'file',
          about: words.formatsAbout[format],
          onAction: () => exporting.start(format),
        }))}
      >
        {exporting.busy ? <i className="spin" /> : <Icon name="csv" />}
        {exporting.busy ? words.exporting : words.export}
      </ActionMenu>
    </header>
  )
}
