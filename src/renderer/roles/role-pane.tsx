/** Everything about the selected role: its pass, what went wrong, its profile, its chain and its facts. */
import { Fragment } from 'react'
import type { ProfileMode } from '#shared/fields.ts'
import type { IdentityDetail, RoleRow } from '#shared/models.ts'
import { CopyButton } from '../components/button.tsx'
import { Segmented, Switch } from '../components/choice.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId, EnvironmentBar } from '../components/marks.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { sessionLength, useRoleActions } from '../hooks/role-actions.tsx'
import { environmentTone } from '../lib/environment.ts'
import { deviceName, splitRoleArn } from '../lib/format.ts'
import { strings } from '../strings.ts'
import { Pass } from './pass.tsx'
import type { PassProps } from './pass-props.ts'

export function RolePane(props: Omit<PassProps, 'mfaSource'> & { identities: readonly IdentityDetail[] }) {
  const { detail } = props
  const { summary } = detail
  const { failure } = useRoleActions().activityOf(summary.name)
  return (
    <aside className="pane" aria-label={summary.name} data-region="pane" tabIndex={-1}>
      <Pass {...props} mfaSource={originOf(props)?.mfaSource} />
      {failure !== null && <ErrorNotice error={failure.error} title={strings.pass.failed[failure.action]} />}
      <ProfileSection role={summary} />
      <ChainSection detail={detail} />
      <FactsSection {...props} />
    </aside>
  )
}

/** The identity that the role's chain starts from. */
function originOf({ detail, identities }: Pick<PassProps, 'detail'> & { identities: readonly IdentityDetail[] }) {
  return identities.find((identity) => identity.name === detail.chain[0]?.name)
}

function ProfileSection({ role }: { role: RoleRow }) {
  const actions = useRoleActions()
  const mode = role.profileMode
  const busy = actions.activityOf(role.name).busy === 'profile'
  return (
    <section className="sec">
      <h3 className="sec__h">
        {strings.profile.title}
        {mode === null ? (
          <span className="t3 sec__v">{strings.profile.notWritten}</span>
        ) : (
          <span className="mono t2 cut sel">{role.profile}</span>
        )}
        <span className="end sec__end">
          {busy && <i className="spin" />}
          {/* Never disabled: that would take the focus from who works it by keyboard. */}
          <Switch
            label={strings.profile.write}
            checked={mode !== null}
            onChange={(on) => (on ? actions.writeProfile(role, 'process') : actions.removeProfile(role))}
          />
        </span>
      </h3>
      {mode !== null && (
        <>
          <Segmented<ProfileMode>
            label={strings.profile.how}
            wide
            value={mode}
            segments={[
              { value: 'process', label: strings.profile.process },
              { value: 'static', label: strings.profile.static },
            ]}
            onChange={(chosen) => actions.writeProfile(role, chosen)}
          />
          <p className="hint">{mode === 'process' ? strings.profile.processHint : strings.profile.staticHint}</p>
        </>
      )}
    </section>
  )
}

function ChainSection({ detail }: Pick<PassProps, 'detail'>) {
  const { chain, summary, role } = detail
  return (
    <section className="sec">
      <h3 className="sec__h">
        {strings.chain.title}
        <span className="end">{strings.chain.hops(Math.max(0, chain.length - 1))}</span>
      </h3>
      <ol className="chain">
        {chain.map((hop, index) => {
          const last = index === chain.length - 1
          const length = last ? strings.chain.for(sessionLength(role.settings.durationSeconds)) : null
          const notes = [
            hop.kind === 'identity' ? strings.roles.iamUser : null,
            hop.mfa ? strings.chain.withMfa : null,
            length,
          ].filter((note) => note !== null)
          return (
            <li key={`${hop.kind} ${hop.name}`}>
              {last ? (
                <EnvironmentBar environment={summary.environment} small />
              ) : (
                <Icon name={hop.kind === 'identity' ? 'key' : 'roles'} size={14} />
              )}
              <span className="cut">
                <b>{hop.name}</b> <span className="t3">{notes.join(', ')}</span>
              </span>
              <span className={last ? `env-${environmentTone(summary.environment)}` : 't3'}>
                {hop.accountId !== null && <AccountId id={hop.accountId} />}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function FactsSection({ detail, identities }: Pick<PassProps, 'detail'> & { identities: readonly IdentityDetail[] }) {
  const { role, summary, chain } = detail
  const { settings } = role
  const actions = useRoleActions()
  const [head, tail] = splitRoleArn(role.arn)
  const origin = originOf({ detail, identities })
  const device = origin?.mfaSerial == null ? null : deviceName(origin.mfaSerial)
  const asksMfa = settings.mfa || chain.some((hop) => hop.mfa)
  const { facts } = strings
  const short: readonly (readonly [term: string, value: string | null, otherwise: string])[] = [
    [facts.duration, sessionLength(settings.durationSeconds), ''],
    [facts.region, settings.region ?? null, facts.default],
    [facts.mfa, asksMfa ? (device ?? strings.chain.withMfa) : null, facts.notAsked],
    [facts.session, settings.sessionName ?? null, facts.default],
  ]
  return (
    <section className="sec">
      <dl className="facts facts--two">
        <dt>{facts.arn}</dt>
        <dd className="full">
          <span className="mid mono sel" title={role.arn}>
            <span>{head}</span>
            <span className="cut">{tail}</span>
          </span>
          <CopyButton label={facts.copy(facts.arn)} onClick={() => actions.copyField(summary, 'arn', facts.arn)} />
        </dd>
        <dt>{facts.externalId}</dt>
        <dd className="full">
          {settings.externalId === undefined ? (
            <span className="t3">{facts.none}</span>
          ) : (
            <>
              <span className="mono cut sel">{settings.externalId}</span>
              <CopyButton
                label={facts.copy(facts.externalId)}
                onClick={() => actions.copyField(summary, 'external-id', facts.externalId)}
              />
            </>
          )}
        </dd>
        {short.map(([term, value, otherwise]) => (
          <Fragment key={term}>
            <dt>{term}</dt>
            <dd>
              {value === null ? <span className="t3">{otherwise}</span> : <span className="cut sel">{value}</span>}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}
