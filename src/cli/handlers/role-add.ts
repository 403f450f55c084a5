/** `hallpass role add`. */
import { HallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'
import { shellWord } from '../input/mfa-prompt.ts'
import { describeRole } from '../output/describe.ts'
import { readRoleOptions } from './role-options.ts'
import { tellOfUnknownRegion } from './unknown-region.ts'

export const roleAdd: Handler = async (context, invocation) => {
  const arn = invocation.text('arn')
  const from = invocation.text('from')
  if (arn === undefined || from === undefined) {
    throw new HallpassError('usage.invalid', `A role needs ${arn === undefined ? '--arn' : '--from'}.`, {
      hint: 'See hallpass role add --help.',
    })
  }
  // An empty option clears in `role edit`; here it is the same as leaving it out.
  const given = Object.entries(await readRoleOptions(invocation)).filter(([, value]) => value !== null)
  const hallpass = await context.hallpass()
  const role = hallpass.roles.add({ ...Object.fromEntries(given), name: invocation.argument('name'), arn, from })
  if (context.json) context.jsonData(role)
  else {
    tellOfUnknownRegion(context, invocation.text('region'))
    context.note(`Added ${role.name}.`)
    context.fields(describeRole(hallpass.roles.show(role.name), Date.now()))
    context.note(`Next: hallpass assume ${shellWord(role.name)}, or hallpass profile write ${shellWord(role.name)}`)
  }
  return 0
}
