/** What the palette offers that is about no role: places of the app, identities, and what can be done to all. */
import type { IdentityDetail } from '#shared/models.ts'
import type { Settings } from '#shared/settings.ts'
import type { Command } from '../lib/keys.ts'
import { strings } from '../strings.ts'
import type { Deed, ItemIcon } from './items.ts'

export interface Elsewhere {
  /** How it is remembered, too. */
  readonly id: string
  readonly icon: ItemIcon
  readonly label: string
  readonly note?: string
  readonly command?: Command
  readonly deed: Deed
}

const SECTIONS = [
  ['roles', 'roles'],
  ['sessions', 'sessions'],
  ['breakglass', 'glass'],
  ['identities', 'key'],
  ['activity', 'activity'],
  ['settings', 'settings'],
  ['doctor', 'shield'],
] as const satisfies readonly (readonly [Command, ItemIcon])[]
const THEMES: readonly Settings['theme'][] = ['system', 'light', 'dark']

/** Without a query they come in this order, but for those chosen often. */
export function elsewhereOf(identities: readonly IdentityDetail[], live: number): Elsewhere[] {
  const { elsewhere, notes } = strings.palette
  const frame = (command: Command, icon: ItemIcon, label: string): Elsewhere => {
    return { id: command, icon, label, command, deed: { kind: 'frame', command } }
  }
  const endAll: Elsewhere = {
    id: 'end-all',
    icon: 'stop',
    label: elsewhere.endAll,
    note: notes.live(live),
    deed: { kind: 'end-all' },
  }
  return [
    frame('add', 'plus', elsewhere.add),
    ...(live > 0 ? [endAll] : []),
    ...SECTIONS.map(([command, icon]) => frame(command, icon, strings.nav[command])),
    { id: 'add-identity', icon: 'key', label: elsewhere.addIdentity, deed: { kind: 'add-identity' } },
    { id: 'import', icon: 'import', label: elsewhere.import, deed: { kind: 'import' } },
    frame('lock', 'lock', elsewhere.lock),
    frame('keys', 'info', elsewhere.keys),
    ...THEMES.map(
      (theme): Elsewhere => ({
        id: `theme ${theme}`,
        icon: 'theme',
        label: elsewhere.theme(strings.settings.themes[theme]),
        deed: { kind: 'theme', theme },
      }),
    ),
    ...identities.map(
      ({ name }): Elsewhere => ({
        id: `identity ${name}`,
        icon: 'key',
        label: elsewhere.identity(name),
        deed: { kind: 'identities' },
      }),
    ),
  ]
}
