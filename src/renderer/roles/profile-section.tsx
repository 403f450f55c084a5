/** The role's AWS profile: written or not, how it gets credentials, the line for each shell, and the default. */
import type { ProfileMode } from '#shared/fields.ts'
import type { RoleDetail } from '#shared/ipc.ts'
import { profileLine, SHELLS } from '#shared/shell-line.ts'
import { Segmented, Switch } from '../components/choice.tsx'
import { Icon } from '../components/icon.tsx'
import { ActionMenu, type MenuEntries } from '../components/menu.tsx'
import { type Shell, useRoleActions } from '../hooks/role-actions.tsx'
import { strings } from '../strings.ts'
import type { PaneActions } from './use-pane-actions.ts'

const words = strings.profileMore

export function ProfileSection(props: { detail: RoleDetail; shell: Shell; pane: PaneActions }) {
  const { detail, shell, pane } = props
  const { summary: role, isDefault } = detail
  const actions = useRoleActions()
  const mode = role.profileMode
  const busy = pane.busy || actions.activityOf(role.name).busy === 'profile'
  // The shell at hand first.
  const shells = [shell, ...SHELLS.filter((one) => one !== shell)]
  const entries: MenuEntries = [
    ...shells.map((one) => ({
      id: one,
      label: words.copyLine[one],
      icon: 'term' as const,
      about: profileLine(role.profile, one),
      mono: true,
      onAction: () => pane.copyLine(one),
    })),
    'line',
    {
      id: 'default',
      label: isDefault ? words.dropDefault : words.makeDefault,
      icon: isDefault ? 'x' : 'check',
      about: isDefault ? words.dropDefaultAbout : words.makeDefaultAbout,
      onAction: () => pane.makeDefault(!isDefault),
    },
  ]
  return (
    <section className="sec">
      <h3 className="sec__h">
        <span className="nowrap">{strings.profile.title}</span>
        {mode === null ? (
          <span className="t3 sec__v">{strings.profile.notWritten}</span>
        ) : (
          <>
            <span className="mono t2 cut sel" title={role.profile}>
              {role.profile}
            </span>
            {isDefault && <span className="tag">{words.isDefault}</span>}
          </>
        )}
        <span className="end sec__end">
          {busy && <i className="spin" />}
          {mode !== null && (
            <ActionMenu label={words.label} entries={entries} className="mini">
              <Icon name="term" size={14} />
            </ActionMenu>
          )}
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
