/** The way from the stored key to the role, one line a hop. A hop that can't be taken is orange and says why. */
import { formatRemaining } from '#shared/duration.ts'
import type { IdentityKind } from '#shared/identities.ts'
import type { RoleDetail } from '#shared/ipc.ts'
import type { ChainHop, DurationLimits } from '#shared/roles.ts'
import { AccountName } from '../accounts/account-name.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import { EnvironmentBar } from '../components/marks.tsx'
import { useIdentityKinds } from '../hooks/use-identity-kinds.ts'
import { environmentTone } from '../lib/environment.ts'
import { strings } from '../strings.ts'

export function ChainSection({ detail }: { detail: RoleDetail }) {
  const { chain, summary } = detail
  const kinds = useIdentityKinds()
  return (
    <section className="sec">
      <h3 className="sec__h">
        {strings.chain.title}
        <span className="end">{strings.chain.hops(Math.max(0, chain.length - 1))}</span>
      </h3>
      <ol className="chain">
        {chain.map((hop, index) => {
          const last = index === chain.length - 1
          return (
            <li key={`${hop.kind} ${hop.name}`} className={hop.problem === null ? undefined : 'chain__bad'}>
              <HopMark hop={hop} kind={kinds.get(hop.name)} environment={last ? summary.environment : undefined} />
              <span className="cut" title={hop.name}>
                <b>{hop.name}</b>{' '}
                <span className="t3">{notesOf(detail, hop, last, kinds.get(hop.name)).join(', ')}</span>
              </span>
              <span className={last ? `chain__acct env-${environmentTone(summary.environment)}` : 'chain__acct t3'}>
                {hop.accountId !== null && <AccountName id={hop.accountId} name={hop.accountName} />}
              </span>
              {hop.problem !== null && <p className="chain__why">{strings.chainProblem[hop.problem]}</p>}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

const ORIGIN_ICONS = { 'access-key': 'key', 'identity-center': 'org', 'aws-profile': 'file' } as const satisfies Record<
  IdentityKind,
  IconName
>

/** @param props.environment of the last hop, which carries it */
function HopMark(props: {
  hop: ChainHop
  kind: IdentityKind | undefined
  environment: RoleDetail['summary']['environment'] | undefined
}) {
  const { hop, environment } = props
  if (hop.problem !== null) return <Icon name="alert" size={14} />
  if (environment !== undefined) return <EnvironmentBar environment={environment} small />
  return <Icon name={hop.kind === 'role' ? 'roles' : ORIGIN_ICONS[props.kind ?? 'access-key']} size={14} />
}

function notesOf({ duration }: RoleDetail, hop: ChainHop, last: boolean, kind: IdentityKind | undefined): string[] {
  return [
    ...(hop.kind === 'identity' && kind !== undefined ? [strings.roles.origins[kind]] : []),
    ...(hop.mfa ? [strings.chain.withMfa] : []),
    ...(last && duration !== null ? [lengthNote(duration)] : []),
  ]
}

/** Chained, AWS's hour is the limit whatever is asked for. */
function lengthNote({ asked, maximum, limit }: DurationLimits): string {
  if (limit === 'chaining') return strings.limits.atMost(formatRemaining(Math.min(asked, maximum)))
  if (asked > maximum) return strings.limits.tooLong(formatRemaining(asked))
  return strings.chain.for(formatRemaining(asked))
}
