/** What the palette offers that is about no role: places of the app, identities, and what can be done to all. */
import type { IdentityDetail } from '#shared/identities.ts'
import type { Settings } from '#shared/settings.ts'
import type { NewIdentityKind } from '../lib/identity-dialogs.ts'
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

const NEW_IDENTITIES: readonly NewIdentityKind[] = ['key', 'center', 'profile']

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
    ...NEW_IDENTITIES.map(addIdentity),
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
    ...identities.filter(({ kind }) => kind === 'identity-center').flatMap(centerDeeds),
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

function addIdentity(what: NewIdentityKind): Elsewhere {
  // What was the only one is remembered by its old id.
  const id = what === 'key' ? 'add-identity' : `add-${what}`
  return { id, icon: 'key', label: strings.palette.elsewhere.addIdentity[what], deed: { kind: 'add-identity', what } }
}

function centerDeeds({ name }: IdentityDetail): Elsewhere[] {
  const { signIn, readRoles, share } = strings.palette.elsewhere
  return [
    {
      id: `sign-in ${name}`,
      icon: 'user',
      label: signIn(name),
      deed: { kind: 'center', start: { kind: 'sign-in', name, way: 'browser' } },
    },
    {
      id: `read-roles ${name}`,
      icon: 'roles',
      label: readRoles(name),
      deed: { kind: 'center', start: { kind: 'discover', name } },
    },
    {
      id: `share ${name}`,
      icon: 'term',
      label: share(name),
      deed: { kind: 'center', start: { kind: 'share', name } },
    },
  ]
}
