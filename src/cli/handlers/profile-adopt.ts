/** `hallpass profile adopt`. */
import type { AdoptOptions } from '#core/profile-service.ts'
import type { ProfileMode } from '#shared/fields.ts'
import type { Handler } from '../descriptor.ts'
import { colourDiff } from '../output/diff.ts'
import { vaultName } from '../output/vault-name.ts'
import { suggestNaming, suggestProfiles } from './adopt-hints.ts'

export const profileAdopt: Handler = async (context, invocation) => {
  const profile = invocation.argument('profile')
  const name = invocation.text('for')
  // The parser has checked the choice.
  const mode = invocation.text('mode') as ProfileMode | undefined
  const options: AdoptOptions = { ...(name === undefined ? {} : { name }), ...(mode === undefined ? {} : { mode }) }
  const hallpass = await context.hallpass()
  const { profiles } = hallpass
  if (invocation.flag('dryRun')) {
    const plan = await profiles.planAdoption(profile, options).catch(suggestProfiles()).catch(suggestNaming(profile))
    if (context.json) context.jsonData(plan)
    else {
      context.note(`Profile ${profile} would be for ${plan.name}:`)
      context.data(colourDiff(context.style, plan.diff))
    }
    return 0
  }
  const work = profiles.adopt(profile, options).catch(suggestProfiles()).catch(suggestNaming(profile))
  const adopted = await context.progress.during(`Adopting ${profile}`, work)
  if (context.json) context.jsonData(adopted)
  else {
    context.note(`Profile ${profile} is Hallpass’s now (${adopted.mode}), for ${adopted.name}.`)
    context.note(`What it was is in the ${vaultName(hallpass)}; to have it back: hallpass profile remove ${profile}`)
  }
  return 0
}
