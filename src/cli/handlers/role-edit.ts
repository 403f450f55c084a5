/** `hallpass role edit`. */
import { HallpassError } from '#shared/errors.ts'
import type { RoleEdit } from '#shared/roles.ts'
import type { Handler } from '../descriptor.ts'
import { describeRole } from '../output/describe.ts'
import { readRoleOptions } from './role-options.ts'
import { tellOfUnknownRegion } from './unknown-region.ts'

export const roleEdit: Handler = async (context, invocation) => {
  const edit: RoleEdit = await readRoleOptions(invocation)
  for (const field of ['name', 'arn', 'from'] as const) {
    const value = invocation.text(field)
    if (value !== undefined) edit[field] = value
  }
  if (Object.keys(edit).length === 0) {
    throw new HallpassError('usage.invalid', 'Nothing to change.', { hint: 'See hallpass role edit --help.' })
  }
  const hallpass = await context.hallpass()
  const role = await hallpass.roles.edit(invocation.argument('name'), edit)
  if (context.json) context.jsonData(role)
  else {
    tellOfUnknownRegion(context, invocation.text('region'))
    context.note(`Changed ${role.name}.`)
    context.fields(describeRole(hallpass.roles.show(role.name), Date.now()))
  }
  return 0
}
