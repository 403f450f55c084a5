/** Everything an entry says, who asked, and how it hangs together with the one before. */
import { useQuery } from '@tanstack/react-query'
import type { ActivityProcess, ActivityRecord } from '#shared/activity.ts'
import type { ActivityProof, ActivityRow } from '#shared/activity-view.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Icon } from '../components/icon.tsx'
import { AccountId } from '../components/marks.tsx'
import { askedBy, shortenHash } from '../lib/activity-log.ts'
import { formatMoment } from '../lib/time.ts'
import { activityStrings } from '../strings/activity.ts'

const words = activityStrings.facts

export function EntryFacts({ row }: { row: ActivityRow }) {
  const { entry } = row
  return (
    <dl className="evd sel">
      {entry !== null && <Recorded entry={entry} row={row} />}
      <Hashes row={row} />
    </dl>
  )
}

function Recorded({ entry, row }: { entry: ActivityRecord; row: ActivityRow }) {
  const by = askedBy(entry.asker)
  const others = [entry.asker.process, ...entry.asker.parents].filter((one) => one !== by)
  const label = by === entry.asker.process ? words.startedBy : words.through
  return (
    <>
      <dt>{words.when}</dt>
      <dd>
        <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
      </dd>
      {row.accountId !== null && (
        <>
          <dt>{words.account}</dt>
          <dd>
            {row.accountName !== null && `${row.accountName} `}
            <AccountId id={row.accountId} />
          </dd>
        </>
      )}
      {entry.accessKeyId !== null && (
        <>
          <dt>{words.key}</dt>
          <dd className="mono" data-volatile>
            {entry.accessKeyId}
          </dd>
        </>
      )}
      {entry.how !== null && (
        <>
          <dt>{words.how}</dt>
          <dd>{entry.form === null ? entry.how : words.form(entry.how, entry.form)}</dd>
        </>
      )}
      {Object.entries(entry.detail).map(([key, value]) => (
        <Detail key={key} label={words.detail(key)} value={value} />
      ))}
      <dt>{words.by}</dt>
      <dd data-volatile>
        <Process process={by} />
      </dd>
      {others.length > 0 && (
        <>
          <dt>{label}</dt>
          <dd data-volatile>
            {others.map((one) => (
              <div key={one.pid}>
                <Process process={one} />
              </div>
            ))}
          </dd>
        </>
      )}
    </>
  )
}

function Detail({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="evd__long" data-volatile>
        {value}
      </dd>
    </>
  )
}

function Process({ process: { name, pid, folder, path } }: { process: ActivityProcess }) {
  return (
    <span className="evd__long" title={path ?? undefined}>
      {words.process(name ?? words.someProgram, pid, folder)}
    </span>
  )
}

function Hashes({ row }: { row: ActivityRow }) {
  const { data, error } = useQuery({
    queryKey: ['activity.proof', row.seq],
    queryFn: () => call('activity.proof', { seq: row.seq }),
  })
  return (
    <>
      <dt>{words.entry}</dt>
      <dd>
        <Hash seq={row.seq} hash={row.hash} />
        {data !== undefined && !data.intact && <Verdict tone="danger" text={words.changed} />}
      </dd>
      <dt>{words.builds}</dt>
      <dd>
        {data !== undefined && <Before before={data.before} />}
        {error !== null && <span className="danger">{toHallpassError(error).message}</span>}
        {data === undefined && error === null && <span className="t3">{words.reading}</span>}
      </dd>
    </>
  )
}

function Before({ before }: Pick<ActivityProof, 'before'>) {
  if (before === null) return <span>{words.first}</span>
  const tone = ({ matches: 'ok', differs: 'danger', absent: 't3' } as const)[before.state]
  return (
    <>
      <Hash seq={before.seq} hash={before.hash} />
      <Verdict tone={tone} text={words[before.state]} />
    </>
  )
}

function Hash({ seq, hash }: { seq: number; hash: string }) {
  return (
    <span className="mono">
      {seq.toLocaleString()} <span className="t3">{words.sha}</span> <span data-volatile>{shortenHash(hash)}</span>
    </span>
  )
}

function Verdict({ tone, text }: { tone: 'ok' | 'danger' | 't3'; text: string }) {
  return (
    <span className={`chk ${tone}`}>
      {tone !== 't3' && <Icon name={tone === 'ok' ? 'check' : 'alert'} size={12} />}
      {text}
    </span>
  )
}
