/** Sign-ins to Identity Center. */
import { removeWithRoles } from '#core/remove-with-roles.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function centerHandlers({ hallpass, centerWork, changed }: HandlerParts): Handlers<'centers'> {
  return {
    'centers.add': (request) => {
      const identity = hallpass.identities.addCenter(request)
      changed()
      return identity
    },
    'centers.state': () => centerWork.state(),
    'centers.sign-in': ({ name, way }) => centerWork.signIn(name, way),
    'centers.open-page': async ({ name }) => {
      await centerWork.openPage(name)
    },
    'centers.cancel': async ({ name }) => {
      await centerWork.cancel(name)
    },
    'centers.sign-out': async ({ name }) => {
      await centerWork.cancel(name)
      await hallpass.centers.signOut(name)
      changed()
    },
    'centers.discover': (request) => centerWork.discover(request),
    'centers.remove': async ({ name }) => {
      await centerWork.cancel(name)
      try {
        await removeWithRoles(hallpass, name)
      } finally {
        changed()
      }
    },
  }
}
