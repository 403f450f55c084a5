/** Profiles in the AWS files. */
import type { HandlerParts, Handlers } from './parts.ts'

export function profileHandlers({ hallpass, changed }: HandlerParts): Handlers<'profiles'> {
  return {
    'profiles.list': () => hallpass.profiles.list(),
    'profiles.preview': async ({ name, ...options }) => {
      const { profile, diff, files } = await hallpass.profiles.plan(name, definedOnly(options))
      return { profile, diff, files: [...files] }
    },
    'profiles.write': async ({ name, ...options }) => {
      const owned = await hallpass.profiles.write(name, definedOnly(options))
      changed()
      return owned
    },
    'profiles.preview-adoption': async ({ profile, ...options }) => {
      const { diff, files } = await hallpass.profiles.planAdoption(profile, options)
      return { profile, diff, files: [...files] }
    },
    'profiles.adopt': async ({ profile, ...options }) => {
      const owned = await hallpass.profiles.adopt(profile, options)
      changed()
      return owned
    },
    'profiles.remove': async ({ profile }) => {
      await hallpass.profiles.remove(profile)
      changed()
    },
  }
}

/** Drops members that are present but undefined, which exact optional types tell apart from absent ones. */
function definedOnly<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
