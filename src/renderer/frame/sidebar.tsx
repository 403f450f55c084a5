/** The sidebar: sections with their counts, what is live in production, the theme, and the state of the vault. */
import type { ReactNode } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import type { Identity, RoleRow } from '#shared/models.ts'
import type { Settings } from '#shared/settings.ts'
import { BrandMark, Icon, type IconName } from '../components/icon.tsx'
import { EnvironmentBar } from '../components/marks.tsx'
import { ChoiceMenu } from '../components/menu.tsx'
import { useNow } from '../hooks/use-now.ts'
import { formatCount } from '../lib/format.ts'
import { isLive } from '../lib/session-view.ts'
import { strings } from '../strings.ts'

export type Section = 'roles' | 'sessions' | 'breakglass' | 'identities' | 'activity' | 'settings' | 'doctor'

const SECTIONS = ['roles', 'sessions', 'breakglass', 'identities', 'activity'] as const
const ICONS = {
  roles: 'roles',
  sessions: 'sessions',
  breakglass: 'glass',
  identities: 'key',
  activity: 'activity',
  settings: 'settings',
  doctor: 'shield',
} as const satisfies Record<Section, IconName>

const THEMES = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: strings.nav.themes[value] }))

export function Sidebar(props: {
  info: AppInfo | undefined
  section: Section
  onSection: (section: Section) => void
  onTheme: (theme: Settings['theme']) => void
  /** Goes to a role that is live in production. */
  onShowRole: (name: string) => void
  roles: readonly RoleRow[]
  identities: readonly Identity[]
}) {
  const { info, section, onSection, roles, identities } = props
  const now = useNow()
  const live = roles.filter((role) => isLive(role, now))
  const production = live.filter((role) => role.environment === 'prod')
  const unverified = identities.filter((identity) => !identity.verified).length
  const [first] = production
  const counts: Partial<Record<Section, ReactNode>> = {
    roles: roles.length > 0 && <span className="nav__n nav__n--total">{formatCount(roles.length)}</span>,
    sessions: live.length > 0 && (
      <span className="nav__n nav__n--live">
        <i className="live" />
        {live.length}
        <span className="sr"> {strings.nav.live}</span>
      </span>
    ),
    identities:
      unverified > 0 ? (
        <span className="nav__n nav__n--caution">
          <Icon name="alert" size={12} />
          {unverified}
          <span className="sr"> {strings.nav.unverified}</span>
        </span>
      ) : (
        identities.length > 0 && <span className="nav__n nav__n--total">{formatCount(identities.length)}</span>
      ),
  }
  return (
    <div className="side">
      <div className="brand">
        <BrandMark />
        <span>{strings.product}</span>
      </div>
      <nav className="nav" aria-label={strings.nav.sections} data-region="nav" tabIndex={-1}>
        {SECTIONS.map((one) => (
          <NavItem key={one} section={one} current={section} onSection={onSection}>
            {counts[one]}
          </NavItem>
        ))}
      </nav>
      <div className="side__end">
        {first !== undefined && (
          <button
            type="button"
            className="side__prod"
            title={production.map((role) => role.name).join(', ')}
            onClick={() => props.onShowRole(first.name)}
          >
            <EnvironmentBar environment="prod" small />
            <span className="cut">
              <strong>{production.length === 1 ? strings.nav.oneLive(first.name) : strings.nav.productionLive}</strong>
            </span>
            <span>{production.length}</span>
          </button>
        )}
        <NavItem section="doctor" current={section} onSection={onSection} />
        <NavItem section="settings" current={section} onSection={onSection} />
        <ChoiceMenu
          className="nav__item"
          label={strings.nav.appearance}
          options={THEMES}
          value={info?.settings.theme ?? 'system'}
          onChange={props.onTheme}
          placement="top start"
        >
          <Icon name="theme" />
          <span>{strings.nav.appearance}</span>
        </ChoiceMenu>
        {info !== undefined && <VaultState vault={info.vault} />}
      </div>
    </div>
  )
}

function NavItem(props: {
  section: Section
  current: Section
  onSection: (section: Section) => void
  /** Its count. */
  children?: ReactNode
}) {
  const { section } = props
  return (
    <button
      type="button"
      className="nav__item"
      title={strings.nav[section]}
      aria-current={section === props.current ? 'page' : undefined}
      onClick={() => props.onSection(section)}
    >
      <Icon name={ICONS[section]} />
      <span>{strings.nav[section]}</span>
      {props.children}
    </button>
  )
}

function VaultState({ vault }: { vault: AppInfo['vault'] }) {
  const words = strings.vault[vault.state](strings.vault.name[vault.kind])
  const icon = { unlocked: 'unlock', locked: 'lock', unavailable: 'alert' } as const
  return (
    <div className={vault.state === 'unlocked' ? 'vault' : 'vault vault--off'} title={words}>
      <Icon name={icon[vault.state]} />
      <span>{words}</span>
    </div>
  )
}
