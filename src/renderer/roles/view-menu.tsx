/** How the list looks: groups, order, columns and height of rows. Each choice is a setting and acts at once. */
import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  type Selection,
} from 'react-aria-components'
import type { Settings, SettingsChange } from '#shared/settings.ts'
import { Icon } from '../components/icon.tsx'
import { strings } from '../strings.ts'
import { ROLE_COLUMNS } from './columns.ts'

const GROUPS = ['account', 'environment', 'source', 'none'] as const
const SORTS = ['name', 'account', 'state', 'recent'] as const
const DENSITIES = ['comfortable', 'compact'] as const

export function ViewMenu({ settings, onChange }: { settings: Settings; onChange: (change: SettingsChange) => void }) {
  const words = strings.roles.view
  return (
    <MenuTrigger>
      <AriaButton className="btn btn--lg btn--icon" aria-label={words.label}>
        <Icon name="more" />
      </AriaButton>
      <Popover className="menu menu--sm" placement="bottom end" offset={4}>
        <Menu className="menu__list" aria-label={words.label}>
          <Choice
            title={words.groupBy}
            names={words.groups}
            options={GROUPS}
            chosen={[settings.groupRolesBy]}
            onChoose={([groupRolesBy]) => groupRolesBy && onChange({ groupRolesBy })}
          />
          <Choice
            title={words.sortBy}
            names={words.sorts}
            options={SORTS}
            chosen={[settings.sortRolesBy]}
            onChoose={([sortRolesBy]) => sortRolesBy && onChange({ sortRolesBy })}
          />
          <Choice
            title={words.columns}
            names={strings.roles.columns}
            options={ROLE_COLUMNS}
            chosen={settings.roleColumns}
            several
            onChoose={(roleColumns) => onChange({ roleColumns })}
          />
          <Choice
            title={words.density}
            names={words.densities}
            options={DENSITIES}
            chosen={[settings.density]}
            onChoose={([density]) => density && onChange({ density })}
          />
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

function Choice<Value extends string>(props: {
  title: string
  names: Record<Value, string>
  options: readonly Value[]
  chosen: readonly Value[]
  several?: boolean
  onChoose: (chosen: Value[]) => void
}) {
  const { title, options, chosen, several = false } = props
  // One name may be in several sections, and the menu tells its items by their ids.
  const idOf = (option: Value): string => `${title} ${option}`
  return (
    <MenuSection
      selectionMode={several ? 'multiple' : 'single'}
      disallowEmptySelection={!several}
      selectedKeys={chosen.map(idOf)}
      onSelectionChange={(keys: Selection) =>
        props.onChoose(options.filter((option) => keys === 'all' || keys.has(idOf(option))))
      }
    >
      <Header className="menu__title">{title}</Header>
      {options.map((option) => (
        <MenuItem key={option} id={idOf(option)} className="menu__item" textValue={props.names[option]}>
          {chosen.includes(option) ? <Icon name="check" /> : <span />}
          <span>{props.names[option]}</span>
        </MenuItem>
      ))}
    </MenuSection>
  )
}
