/** `hallpass sso add`. */
import { HallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'
import { shellWord } from '../input/mfa-prompt.ts'
import { describeIdentity } from '../output/describe.ts'
import { tellOfUnknownRegion } from './unknown-region.ts'

export const ssoAdd: Handler = async (context, invocation) => {
  const region = invocation.text('region')
  const ssoRegion = invocation.text('ssoRegion') ?? region
  const startUrl = invocation.text('startUrl')
  if (startUrl === undefined || ssoRegion === undefined)
    throw new HallpassError('usage.invalid', 'A sign-in needs its start URL and its region.', {
      hint: 'Add --start-url https://d-….awsapps.com/start --region REGION. Both stand on the settings page of Identity Center.',
    })
  const { identities } = await context.hallpass()
  const given = { name: invocation.argument('name'), startUrl, ssoRegion }
  const identity = await identities.addCenter({ ...given, ...(region === undefined ? {} : { region }) })
  if (context.json) context.jsonData(identity)
  else context.fields(describeIdentity(identity))
  tellOfUnknownRegion(context, ssoRegion)
  context.note(`Next: hallpass sso login ${shellWord(identity.name)}`)
  return 0
}
