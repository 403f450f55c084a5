/** `hallpass profile write`. */
import { statSync } from 'node:fs'
import type { Hallpass } from '#core/hallpass.ts'
import type { ProfileWriteOptions } from '#core/profile-service.ts'
import type { ProfileMode } from '#shared/fields.ts'
import type { Handler } from '../descriptor.ts'
import { colourDiff } from '../output/diff.ts'
import { suggestAdopting } from './adopt-hints.ts'

export const profileWrite: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const profile = invocation.text('profile')
  // The parser has checked the choice.
  const mode = invocation.text('mode') as ProfileMode | undefined
  const options: ProfileWriteOptions = {
    ...(profile === undefined ? {} : { profile }),
    ...(mode === undefined ? {} : { mode }),
    ...(invocation.flag('default') ? { makeDefault: true } : {}),
  }
  const hallpass = await context.hallpass()
  const refused = suggestAdopting(() => profile ?? profileOfRole(hallpass, name) ?? name)
  if (invocation.flag('dryRun')) {
    const plan = await context.progress.during(
      `Looking at ${name}`,
      hallpass.profiles.plan(name, options).catch(refused),
    )
    if (context.json) context.jsonData(plan)
    else if (plan.diff === '') context.note(`Nothing would change: profile ${plan.profile} is as it should be.`)
    else context.data(colourDiff(context.style, plan.diff))
    return 0
  }
  const before = hallpass.profiles.list()
  const written = await context.progress.during(
    `Writing ${name}`,
    hallpass.profiles.write(name, options).catch(refused),
  )
  if (context.json) context.jsonData(written)
  else {
    context.note(
      `Wrote profile ${written.profile} (${written.mode}) to ${written.credentialsFile ?? written.configFile}.`,
    )
    if (written.isDefault && written.profile !== 'default') context.note('The default profile is written with it.')
    const after = new Set(hallpass.profiles.list().map(({ profile: left }) => left))
    for (const { profile: gone } of before.filter(({ profile: had }) => !after.has(had))) {
      context.note(`Removed profile ${gone}: a role or identity has one profile.`)
    }
    if (written.credentialsFile && isOpenToOthers(written.credentialsFile, context.host.platform)) {
      context.note(
        `Others on this computer can read ${written.credentialsFile}: hallpass files check --fix changes that.`,
      )
    }
    context.note(`Next: aws sts get-caller-identity --profile ${written.profile}`)
  }
  return 0
}

/** The name a role's profile would have; `undefined` for an identity. */
function profileOfRole(hallpass: Hallpass, name: string): string | undefined {
  return hallpass.roles.list().find((role) => role.name.toLowerCase() === name.toLowerCase())?.profile
}

function isOpenToOthers(file: string, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return false
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0
}
