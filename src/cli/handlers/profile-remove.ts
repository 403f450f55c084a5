/** `hallpass profile remove`. */
import type { Handler } from '../descriptor.ts'
import { vaultName } from '../output/vault-name.ts'
import { suggestLeaving } from './adopt-hints.ts'

export const profileRemove: Handler = async (context, invocation) => {
  const profile = invocation.argument('profile')
  const hallpass = await context.hallpass()
  const hadDefault = profile !== 'default' && hallpass.profiles.list().some((one) => one.profile === 'default')
  const { restored } = await hallpass.profiles.remove(profile).catch(suggestLeaving())
  if (context.json) context.jsonData({ removed: profile, ...(restored === 'nothing' ? {} : { restored }) })
  else if (restored === 'whole') context.note(`Profile ${profile} is what it was before Hallpass adopted it.`)
  else if (restored === 'lost') {
    context.note(
      `Removed profile ${profile}. What it was before is no longer in the ${vaultName(hallpass)}, so that is not back.`,
    )
  } else context.note(`Removed profile ${profile}.`)
  if (hadDefault && !hallpass.profiles.list().some((one) => one.profile === 'default')) {
    context.note('The default profile, which was written with it, is removed too.')
  }
  return 0
}
