/** What a reading found, or would do: counts, the first of each kind, and what can be done about it. */
import type { ReactNode } from 'react'
import type { DiscoveryView } from '#shared/ipc.ts'
import { errorFromReport } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Diff } from '../components/diff.tsx'
import { AccountId } from '../components/marks.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { formatCount } from '../lib/format.ts'
import { centerStrings } from '../strings/centers.ts'
import { strings } from '../strings.ts'
import type { DiscoveryOptions } from './discovery.tsx'

const words = centerStrings.report
/** Of each list; the count tells how many there are. */
const SHOWN = 12

export function DiscoveryReport(props: {
  name: string
  report: DiscoveryView
  onRead: (options: DiscoveryOptions) => void
  /** To the choices. */
  onBack: () => void
  onSignIn: () => void
  onShowRole: ((name: string) => void) | undefined
  onClose: () => void
}) {
  const { name, report, onRead, onBack, onShowRole, onClose } = props
  const { isDryRun, added, gone, removed, renamedAccounts, refused } = report
  const counts = {
    new: added.count,
    gone: gone.count - removed,
    renamed: renamedAccounts.count,
    refused: refused.count,
  }
  const told = (Object.keys(counts) as (keyof typeof counts)[]).filter((kind) => counts[kind] > 0)
  const [first] = added.first
  return (
    <Dialog
      title={isDryRun ? words.lookTitle(name) : words.title(name)}
      lead={words.facts(report.accounts, report.roles)}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button tone="quiet" onClick={onBack}>
            {words.back}
          </Button>
          <span className="grow" />
          <Button shortcut="Esc" initialFocus={!isDryRun} onClick={onClose}>
            {isDryRun ? strings.cancel : strings.close}
          </Button>
          {isDryRun && (
            <Button tone="primary" initialFocus onClick={() => onRead({ reuse: true })}>
              {centerStrings.discover.read}
            </Button>
          )}
          {!isDryRun && first !== undefined && onShowRole !== undefined && (
            <Button tone="primary" onClick={() => onShowRole(first.name)}>
              {words.show}
            </Button>
          )}
        </>
      }
    >
      {!report.isComplete && <Stopped {...props} />}
      {removed > 0 && <Notice icon="check" title={words.removed(removed)} />}
      {told.length === 0 && report.isComplete && removed === 0 && <p className="t2">{words.nothingNew}</p>}
      {told.length > 0 && (
        <ul className="tally">
          {told.map((kind) => (
            <li key={kind}>
              <b>{formatCount(counts[kind])}</b> {words.counts[kind]}
            </li>
          ))}
        </ul>
      )}
      <Found title={words.new} count={added.count}>
        {added.first.slice(0, SHOWN).map(({ name: role, accountId, roleName }) => (
          <Line key={role} name={role} note={roleName} accountId={accountId} />
        ))}
      </Found>
      {counts.gone > 0 && (
        <Found
          title={words.gone}
          count={gone.count}
          action={
            !isDryRun &&
            report.isComplete && (
              <Button tone="danger" onClick={() => onRead({ prune: true, reuse: true })}>
                {words.removeGone}
              </Button>
            )
          }
          hint={words.goneText}
        >
          {gone.first.slice(0, SHOWN).map(({ name: role, accountId, roleName }) => (
            <Line key={role} name={role} note={roleName} accountId={accountId} />
          ))}
        </Found>
      )}
      <Found title={words.renamed} count={renamedAccounts.count}>
        {renamedAccounts.first.slice(0, SHOWN).map(({ accountId, from, to }) => (
          <Line key={accountId} name={words.fromTo(from, to)} accountId={accountId} />
        ))}
      </Found>
      <Found title={words.refused} count={refused.count}>
        {refused.first.slice(0, SHOWN).map(({ accountId, accountName, message }) => (
          <Line key={accountId} name={accountName} note={message} accountId={accountId} />
        ))}
      </Found>
      {report.filesDiff !== '' && (
        <section className="found">
          <h3 className="found__h">{words.files}</h3>
          <Diff diff={report.filesDiff} label={words.filesLabel} />
          {report.diffLinesLeftOut > 0 && <p className="hint">{words.moreLines(report.diffLinesLeftOut)}</p>}
        </section>
      )}
    </Dialog>
  )
}

/** Why not everything was read, and how to go on. */
function Stopped(props: { report: DiscoveryView; onRead: (options: DiscoveryOptions) => void; onSignIn: () => void }) {
  const { report, onRead, onSignIn } = props
  const { problem, isDryRun } = report
  const goOn = <Button onClick={() => onRead({ dryRun: isDryRun })}>{words.goOn}</Button>
  if (problem === null || problem.code === 'cancelled') {
    return (
      <Notice title={words.stopped} actions={goOn}>
        {!isDryRun && words.stoppedText}
      </Notice>
    )
  }
  const error = errorFromReport({ ...problem, hint: problem.hint ?? undefined })
  const asksToSignIn = error.code === 'sso.sign-in-needed'
  return (
    <ErrorNotice
      error={error}
      title={words.incomplete}
      actions={asksToSignIn ? <Button onClick={onSignIn}>{centerStrings.row.signIn}</Button> : goOn}
    />
  )
}

/** The first of a list; nothing for an empty one. */
function Found(props: {
  title: string
  count: number
  hint?: string
  action?: ReactNode
  children: readonly ReactNode[]
}) {
  const { title, count, hint, action, children } = props
  if (count === 0) return null
  return (
    <section className="found">
      <h3 className="found__h">
        {title}
        <span className="grow" />
        {action}
      </h3>
      {hint !== undefined && <p className="hint">{hint}</p>}
      <ul className="found__list">
        {children}
        {count > children.length && <li className="t3">{words.more(count - children.length)}</li>}
      </ul>
    </section>
  )
}

function Line({ name, note, accountId }: { name: string; note?: string; accountId: string }) {
  return (
    <li className="found__row">
      <span className="cut" title={name}>
        {name}
      </span>
      <span className="t3 cut" title={note}>
        {note}
      </span>
      <span className="t3 nowrap">
        <AccountId id={accountId} />
      </span>
    </li>
  )
}
