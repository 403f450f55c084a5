/** The access portal's door into the console, as a page of the practice account: what a shortcut link leads to. */
import { partitionOfRegion } from '#shared/partitions.ts'
import { isConsoleUrl } from '../federation.ts'
import { replyPage } from '../pages.ts'
import type { QueryParameters } from '../query.ts'
import type { Reply } from '../reply.ts'
import type { Assignments } from './assignments.ts'

/** Whoever's browser it is, they are signed in: the portal asks nobody here. */
export function answerPortalPage(parameters: QueryParameters, assignments: Assignments): Reply {
  const accountId = parameters.get('account_id') ?? ''
  const roleName = parameters.get('role_name') ?? ''
  const destination = parameters.get('destination')
  const { place } = assignments
  const account = assignments.accounts().find((each) => each.accountId === accountId)
  if (account === undefined || !assignments.roleNames(accountId).includes(roleName))
    return refused(`${place.userName} has no permission set of that name in that account.`)
  const partition = partitionOfRegion(place.region)?.id ?? 'aws'
  if (destination !== undefined && !isConsoleUrl(destination, { partition }))
    return refused('The destination is no page of the console.')
  const title = `You are signed in to the practice account with ${roleName}`
  return replyPage(200, title, 'The access portal would go on to the console now.', [
    ['Account', `${account.accountName} (${accountId})`],
    ['Permission set', roleName],
    ['Signed in as', place.userName],
    ['Destination', destination ?? 'the console’s home page'],
  ])
}

function refused(text: string): Reply {
  return replyPage(403, 'The practice portal refused', text, [])
}
