/** `hallpass sso share`: what the AWS CLI sees of a sign-in to Identity Center. */

import { HallpassError } from '#shared/errors.ts'
import { profileNameFor } from '#shared/profile-name.ts'
import type { Handler } from '../descriptor.ts'
import { colourDiff } from '../output/diff.ts'
import { suggestOtherSession } from './adopt-hints.ts'

export const ssoShare: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const as = invocation.text('as')
  const isOff = invocation.flag('off') === true
  if (isOff && as !== undefined)
    throw new HallpassError('usage.invalid', '--as and --off are two different things to do.', {
      hint: 'Leave one of them out.',
    })
  if (isOff && invocation.flag('dryRun'))
    throw new HallpassError('usage.invalid', '--off takes back what sharing did: there is nothing to look at first.', {
      hint: 'Leave --dry-run out.',
    })
  const hallpass = await context.hallpass()
  const { name: known } = hallpass.identities.show(name)
  const wanted = as ?? profileNameFor(known)
  if (invocation.flag('dryRun')) {
    const plan = await hallpass.centers.planShare(known, wanted).catch(suggestOtherSession(known))
    if (context.json) context.jsonData({ name: known, ...plan })
    else {
      context.note(`The token would lie in plain text in ${plan.tokenFile} until you sign out or stop sharing.`)
      if (plan.diff === '') context.note(`[sso-session ${wanted}] in ${plan.configFile} stays as it is.`)
      else context.data(colourDiff(context.style, plan.diff))
    }
    return 0
  }
  const { session, configFile, isOwnSection } = await hallpass.centers
    .share(known, isOff ? null : wanted)
    .catch(suggestOtherSession(known))
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
