/** Sign-ins to Identity Center. */
import { clipboard } from 'electron'
import { removeWithRoles } from '#core/remove-with-roles.ts'
import { HallpassError } from '#shared/errors.ts'
import { shareLine } from '#shared/identity-center-view.ts'
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
    'centers.preview-share': ({ name, session }) => hallpass.centers.planShare(name, session),
    'centers.share': async ({ name, session }) => {
      await hallpass.centers.share(name, session)
      changed()
    },
    'centers.copy-share-line': async ({ name, line }) => {
      const identity = hallpass.identities.show(name)
      const session = identity.kind === 'identity-center' ? identity.cliSession : null
      if (session === null)
        throw new HallpassError('input.invalid', `${name} is not shared with the AWS CLI any more.`, {
          hint: 'Share it again.',
        })
      await clipboard.writeText(shareLine(session, line))
    },
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
