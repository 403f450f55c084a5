/** The sidebar: sections with their counts, what is live in production, and the vault with the way to lock. */
import type { ReactNode } from 'react'
import type { Identity } from '#shared/identities.ts'
import type { AppInfo } from '#shared/ipc.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { useBreakGlass } from '../breakglass/use-breakglass.ts'
import { BrandMark, Icon, type IconName } from '../components/icon.tsx'
import { EnvironmentBar } from '../components/marks.tsx'
import { useRoleTotals } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { formatCount } from '../lib/format.ts'
import { liveRoles } from '../lib/role-list.ts'
import { lockNow } from '../lock/lock-now.ts'
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

export function Sidebar(props: {
  info: AppInfo | undefined
  section: Section
  onSection: (section: Section) => void
  /** Goes to a role that is live in production. */
  onShowRole: (name: string) => void
  roles: readonly RoleRow[]
  identities: readonly Identity[]
}) {
  const { info, section, onSection, roles, identities } = props
  const now = useNow()
  const live = liveRoles(roles, now)
  const totals = useRoleTotals()
  const { openings = [], credentials = [] } = useBreakGlass().data ?? {}
  const openSeals = openings.length
  const due = credentials.filter(({ tasks }) => tasks.length > 0).length
  const production = live.filter((role) => role.environment === 'prod')
  // Of a sign-in it is said who is signed in.
  const unverified = identities.filter(({ kind, verified }) => kind !== 'identity-center' && !verified).length
  const [first] = production
  const counts: Partial<Record<Section, ReactNode>> = {
    roles: totals.roles > 0 && <span className="nav__n nav__n--total">{formatCount(totals.roles)}</span>,
    sessions: live.length > 0 && (
      <span className="nav__n nav__n--live">
        <i className="live" />
        {live.length}
        <span className="sr"> {strings.nav.live}</span>
      </span>
    ),
    breakglass: openSeals + due > 0 && (
      <span className="nav__n nav__n--caution">
        <Icon name={openSeals > 0 ? 'unlock' : 'alert'} size={12} />
        {openSeals > 0 ? openSeals : due}
        <span className="sr"> {openSeals > 0 ? strings.nav.openSeals : strings.nav.leftToDo}</span>
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
        {info !== undefined && <VaultState vault={info.vault} mac={info.platform === 'darwin'} />}
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

/** Its press locks the app. */
function VaultState({ vault, mac }: { vault: AppInfo['vault']; mac: boolean }) {
  const words = strings.vault[vault.state](strings.vault.name[vault.kind])
  const icon = { unlocked: 'unlock', locked: 'lock', unavailable: 'alert' } as const
  return (
    <button
      type="button"
      className={vault.state === 'unlocked' ? 'vault' : 'vault vault--off'}
      title={strings.lock.now}
      aria-label={`${words}. ${strings.lock.now}`}
      aria-keyshortcuts={mac ? 'Meta+L' : 'Control+L'}
      onClick={() => void lockNow()}
    >
      <Icon name={icon[vault.state]} />
      <span>{words}</span>
    </button>
  )
}
