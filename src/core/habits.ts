/** What a person uses, how often and how lately: the palette offers that first. */
import { choiceField, type Habits, habitsSchema } from '#shared/habits.ts'
import type { Clock, Log } from './capabilities.ts'
import type { ConsoleService } from './console-service.ts'
import { parseInput } from './input.ts'
import type { SessionService } from './sessions/service.ts'
import type { Store } from './store/types.ts'

export interface HabitsService {
  /** What a person has used, through the app or the command. */
  list(): Habits
  /** Something else than a role has been chosen. @throws `input.invalid` */
  note(id: string): void
}

const KEY = 'palette.choices'
/** More are forgotten, the longest unused first. */
const CHOICES_KEPT = 200
/** Roles beyond these are so long unused that they need no place before others. */
const ROLES_TOLD = 500

/** A person is behind these; programs that fetch credentials again and again would drown what the person does. */
const BY_HAND: ReadonlySet<string> = new Set(['start', 'console', 'clipboard', 'assume', 'exec'])

export function createHabitsService(store: Store, clock: Clock): HabitsService {
  return {
    list() {
      const used = store.roleUse
        .list()
        .flatMap((use) => (use.lastUsedAt === null ? [] : [{ ...use, at: use.lastUsedAt }]))
      const latest = used.sort((a, b) => b.at - a.at).slice(0, ROLES_TOLD)
      // One by one: reading all roles for the few that are used takes long where there are many.
      const roles = latest.flatMap(({ roleId, uses, at }) => {
        const role = store.roles.byId(roleId)
        return role === undefined ? [] : [{ name: role.name, uses, lastUsedAt: at }]
      })
      return { roles, choices: readChoices(store) }
    },
    note(id) {
      const checked = parseInput(choiceField, id)
      store.transaction(() => {
        const choices = readChoices(store)
        const uses = choices.find((choice) => choice.id === checked)?.uses ?? 0
        const noted = { id: checked, uses: uses + 1, lastUsedAt: clock() }
        const others = choices.filter((choice) => choice.id !== checked)
        store.setSetting(KEY, JSON.stringify([noted, ...others].slice(0, CHOICES_KEPT)))
      })
    },
  }
}

/** Counts a use of each role whose credentials a person is given. */
export function noteSessionUses<S extends Pick<SessionService, 'credentials'>>(sessions: S, noteUse: NoteUse): S {
  return {
    ...sessions,
    async credentials(name, options) {
      const credentials = await sessions.credentials(name, options)
      if (BY_HAND.has(options?.use?.how ?? '')) noteUse(name)
      return credentials
    },
  }
}

/** Opening the switch form uses a role without its credentials. */
export function noteConsoleUses(service: ConsoleService, noteUse: NoteUse): ConsoleService {
  return {
    ...service,
    switchRoleLink(name, options) {
      const link = service.switchRoleLink(name, options)
      noteUse(name)
      return link
    },
    shortcutLink(name, options) {
      const link = service.shortcutLink(name, options)
      noteUse(name)
      return link
    },
  }
}

export type NoteUse = (name: string) => void

/** @returns notes a use of the role of that name, and of an identity none. What can't be noted stops nobody. */
export function createNoteUse(store: Store, clock: Clock, log: Log): NoteUse {
  return (name) => {
    try {
      const role = store.roles.byName(name)
      if (role !== undefined) store.roleUse.note(role.id, clock())
    } catch (error) {
      log.warn('The use of a role could not be noted.', { error })
    }
  }
}

/** Text that is no list of choices counts as nothing stored. */
function readChoices(store: Store): Habits['choices'] {
  try {
    return habitsSchema.shape.choices.parse(JSON.parse(store.setting(KEY) ?? '[]'))
  } catch {
    return []
  }
}
