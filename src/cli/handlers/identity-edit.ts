/** `hallpass identity edit`. */
import { HallpassError } from '#shared/errors.ts'
import type { IdentityEdit } from '#shared/identities.ts'
import type { Handler } from '../descriptor.ts'
import { describeIdentity } from '../output/describe.ts'

export const identityEdit: Handler = async (context, invocation) => {
  const edit: IdentityEdit = {}
  const name = invocation.text('name')
  if (name !== undefined) edit.name = name
  for (const field of ['mfaSerial', 'mfaCommand', 'region'] as const) {
    const value = invocation.cleared(field) ? null : invocation.text(field)
    if (value !== undefined) edit[field] = value
  }
  if (Object.keys(edit).length === 0) {
    throw new HallpassError('usage.invalid', 'Nothing to change.', { hint: 'See hallpass identity edit --help.' })
  }
  const hallpass = await context.hallpass()
  const identity = await hallpass.identities.edit(invocation.argument('name'), edit)
  if (context.json) context.jsonData(identity)
  else context.fields(describeIdentity(identity))
  context.note(`Changed ${identity.name}.`)
  return 0
}
