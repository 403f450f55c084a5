/** Roles. */
import { clipboard } from 'electron'
import { profileLine } from '#shared/shell-line.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function roleHandlers({ hallpass, changed }: HandlerParts): Handlers<'roles'> {
  return {
    'roles.start-list': () => hallpass.roles.startList(hallpass.settings.get()),
    'roles.page': ({ after }) => hallpass.roles.listPage(after),
    'roles.changes': ({ since }) => hallpass.roles.listChanges(since),
    'roles.pin': ({ name, pinned }) => {
      hallpass.roles.pin(name, pinned)
      changed()
    },
    'roles.show': ({ name }) => hallpass.roles.show(name),
    'roles.add': (request) => {
      const role = hallpass.roles.add(request)
      changed()
      return role
    },
    'roles.edit': async ({ name, edit }) => {
      const role = await hallpass.roles.edit(name, edit)
      changed()
      return role
    },
    'roles.plan-many': (changes) => hallpass.roles.planMany(changes),
    'roles.edit-many': async (changes) => {
      const undo = await hallpass.roles.editMany(changes)
      changed()
      return undo
    },
    'roles.remove': async ({ name }) => {
      await hallpass.roles.remove(name)
      changed()
    },
    'roles.remove-many': async ({ names }) => {
      try {
        return await hallpass.roles.removeMany(names)
      } finally {
        changed()
      }
    },
    'roles.copy-profile-line': async ({ name, shell }) => {
      await clipboard.writeText(profileLine(hallpass.roles.show(name).summary.profile, shell))
    },
    'roles.copy-field': async ({ name, field }) => {
      const { role, summary } = hallpass.roles.show(name)
      const fields = {
        arn: role.arn,
        'account-id': role.accountId,
        'external-id': role.settings.externalId ?? '',
        profile: summary.profile,
      }
      await clipboard.writeText(fields[field])
    },
  }
}
