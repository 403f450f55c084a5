/** `hallpass identity remove`. */
import { removeWithRoles, rolesFrom } from '#core/remove-with-roles.ts'
import type { Handler } from '../descriptor.ts'
import { confirm } from '../input/confirm.ts'

export const identityRemove: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const identity = hallpass.identities.show(invocation.argument('name'))
  const { name } = identity
  const going = invocation.flag('withRoles') ? rolesFrom(name, hallpass.roles.list()) : []
  if (going.length > 0 && !invocation.flag('yes'))
    await confirm(context, {
      question: `${going.length} roles go with ${name}. Type ${name} to remove them: `,
      answer: name,
      message: `Removing ${name} takes ${going.length} roles away, and has to be confirmed.`,
      hint: 'Add --yes.',
    })
  const work = going.length > 0 ? removeWithRoles(hallpass, name) : hallpass.identities.remove(name)
  await context.progress.during('Removing it', work)
  const roles = going.map((role) => role.name)
  if (context.json) context.jsonData({ removed: name, ...(roles.length > 0 ? { roles } : {}) })
  else if (identity.kind === 'access-key')
    context.note(`Removed ${name} and its secret. The key ${identity.accessKeyId} is still valid in AWS.`)
  else context.note(`Removed ${name}${roles.length > 0 ? ` and ${roles.length} roles` : ''}.`)
  return 0
}
