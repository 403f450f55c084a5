/** What the role is made of, with a copy button where somebody may need the value elsewhere. */
import type { ReactNode } from 'react'
import { formatRemaining } from '#shared/duration.ts'
import type { IdentityDetail } from '#shared/identities.ts'
import type { RoleDetail } from '#shared/ipc.ts'
import type { DurationLimits } from '#shared/roles.ts'
import { Button, CopyButton } from '../components/button.tsx'
import { Switch } from '../components/choice.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { deviceName, splitRoleArn } from '../lib/format.ts'
import { isPermissionSetOf } from '../lib/identity-view.ts'
import { strings } from '../strings.ts'
import type { PaneActions } from './use-pane-actions.ts'

const { facts, limits, renewal } = strings

export function FactsSection(props: {
  detail: RoleDetail
  /** The identity its chain starts from. */
  origin: IdentityDetail | undefined
  pane: PaneActions
}) {
  const { detail, origin, pane } = props
  const { role, summary, chain, duration } = detail
  const { settings } = role
  const actions = useRoleActions()
  const isPermissionSet = isPermissionSetOf(role, origin)
  const [head, tail] = splitRoleArn(role.arn)
  const device = origin?.mfaSerial == null ? null : deviceName(origin.mfaSerial)
  const asksMfa = chain.some((hop) => hop.mfa)
  const renews = settings.autoRenew !== false
  const asksOnRenewal = asksMfa && origin?.mfaSource === 'prompt'
  return (
    <section className="sec">
      <dl className="facts facts--two">
        {isPermissionSet ? (
          <Fact term={facts.from} full>
            <span className="cut sel" title={role.roleName}>
              {facts.permissionSet(role.source.name, role.roleName)}
            </span>
          </Fact>
        ) : (
          <Fact term={facts.arn} full>
            <span className="mid mono sel" title={role.arn}>
              <span>{head}</span>
              <span className="cut">{tail}</span>
            </span>
            <CopyButton label={facts.copy(facts.arn)} onClick={() => actions.copyField(summary, 'arn', facts.arn)} />
          </Fact>
        )}
        {settings.externalId !== undefined && (
          <Fact term={facts.externalId} full>
            <span className="mono cut sel" title={settings.externalId}>
              {settings.externalId}
            </span>
            <CopyButton
              label={facts.copy(facts.externalId)}
              onClick={() => actions.copyField(summary, 'external-id', facts.externalId)}
            />
          </Fact>
        )}
        {!isPermissionSet && (
          <Fact term={facts.duration}>
            <span className="cut sel" title={duration === null ? undefined : limitWords(duration)}>
              {formatRemaining(settings.durationSeconds ?? 3600)}
            </span>
          </Fact>
        )}
        <Fact term={facts.region} full={isPermissionSet}>
          <Value value={settings.region} otherwise={facts.default} />
        </Fact>
        {!isPermissionSet && (
          <>
            <Fact term={facts.mfa}>
              <Value value={asksMfa ? (device ?? facts.noDevice) : undefined} otherwise={facts.notAsked} />
            </Fact>
            <Fact term={facts.session}>
              <Value value={settings.sessionName} otherwise={facts.default} />
            </Fact>
          </>
        )}
        <Fact term={renewal.term} full>
          <span className="t2">{renews ? (asksOnRenewal ? renewal.onWithMfa : renewal.on) : renewal.off}</span>
          <Switch label={renewal.label} checked={renews} onChange={pane.setRenewal} />
        </Fact>
      </dl>
      {duration !== null && <LimitHint duration={duration} pane={pane} />}
    </section>
  )
}

/** Why sessions are shorter than the role asks for, with the way out. */
function LimitHint({ duration, pane }: { duration: DurationLimits; pane: PaneActions }) {
  const { asked, maximum, limit, proven } = duration
  if (asked <= maximum) return null
  // An hour is what every role allows.
  const best = limit === 'chaining' ? maximum : Math.max(3600, proven ?? 0)
  return (
    <div className="line">
      <p className="hint hint--caution">
        {limits.asks(formatRemaining(asked))} {limitWords(duration)}
      </p>
      <Button onClick={() => pane.edit({ durationSeconds: best })}>{limits.use(formatRemaining(best))}</Button>
    </div>
  )
}

function limitWords({ limit, maximum }: DurationLimits): string | undefined {
  if (limit === 'chaining') return limits.chaining(formatRemaining(maximum))
  return limit === 'role' ? limits.role(formatRemaining(maximum + 1)) : undefined
}

function Fact({ term, full, children }: { term: string; full?: boolean | undefined; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd className={full ? 'full' : undefined}>{children}</dd>
    </>
  )
}

function Value({ value, otherwise }: { value: string | undefined; otherwise: string }) {
  return value === undefined ? (
    <span className="t3">{otherwise}</span>
  ) : (
    <span className="cut sel" title={value}>
      {value}
    </span>
  )
}
