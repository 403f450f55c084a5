/** `hallpass sso share`: what the AWS CLI sees of a sign-in to Identity Center. */
import { profileNameFor } from '#core/awsfiles/profile-names.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'

export const ssoShare: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const as = invocation.text('as')
  const isOff = invocation.flag('off') === true
  if (isOff && as !== undefined)
    throw new HallpassError('usage.invalid', '--as and --off are two different things to do.', {
      hint: 'Leave one of them out.',
    })
  const hallpass = await context.hallpass()
  const { name: known } = hallpass.identities.show(name)
  const { session, configFile, isOwnSection } = await hallpass.centers.share(
    known,
    isOff ? null : (as ?? profileNameFor(known)),
  )
  if (context.json) context.jsonData({ name: known, session, configFile, isOwnSection })
  else if (session === null) context.note(`${known} is not shared with the AWS CLI.`)
  else {
    context.note(
      isOwnSection
        ? `Wrote [sso-session ${session}] into ${configFile}.`
        : `[sso-session ${session}] in ${configFile} leads there already; it stays as it is.`,
    )
    context.note(`Profiles use it with: sso_session = ${session}`)
  }
  return 0
}
