/** Identities. */
import { pickFile } from '../pick-file.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function identityHandlers({ hallpass, drafts, totpDrafts, changed }: HandlerParts): Handlers<'identities'> {
  return {
    'identities.list': () => hallpass.identities.list(),
    'identities.add': async (request) => {
      const input = 'draftId' in request ? { ...request, ...drafts.take(request.draftId) } : request
      const { identity } = await hallpass.identities.add(input)
      if ('draftId' in request) drafts.forget(request.draftId)
      changed()
      return identity
    },
    'identities.add-profile': async (request) => {
      const identity = await hallpass.identities.addProfile(request)
      changed()
      return identity
    },
    'identities.edit': async ({ name, edit }) => {
      const identity = await hallpass.identities.edit(name, edit)
      changed()
      return identity
    },
    'identities.keys': async ({ name }) => ({
      keys: await hallpass.rotation.keys('identity', name),
      rotation: hallpass.rotation.status('identity', name),
    }),
    'identities.rotate': async ({ name, what, deleteUnused }) => {
      const { rotation } = hallpass
      if (what === 'rotate') await rotation.rotate('identity', name, deleteUnused === undefined ? {} : { deleteUnused })
      else await (what === 'finish' ? rotation.finish('identity', name) : rotation.rollBack('identity', name))
      changed()
      return rotation.status('identity', name)
    },
    'identities.test': async ({ name }) => {
      const identity = await hallpass.identities.test(name)
      changed()
      return identity
    },
    'identities.remove': async ({ name }) => {
      await hallpass.identities.remove(name)
      changed()
    },
    'identities.add-totp': async ({ name, verify, ...given }) => {
      const seed = 'draftId' in given ? totpDrafts.take(given.draftId) : given.seed
      await hallpass.mfa.addSeed(name, seed, { verify })
      if ('draftId' in given) totpDrafts.forget(given.draftId)
      changed()
    },
    'identities.remove-totp': async ({ name }) => {
      await hallpass.mfa.removeSeed(name)
      changed()
    },
    'identities.pick-totp': async () => {
      const path = await pickFile('Choose the image of the QR code', { name: 'PNG image', extensions: ['png'] })
      return path === null ? null : totpDrafts.read(path)
    },
    'identities.read-totp': ({ path }) => totpDrafts.read(path),
    'identities.pick-csv': async () => {
      const path = await pickFile('Choose the access key file', { name: 'Access key file', extensions: ['csv', 'txt'] })
      return path === null ? null : drafts.read(path)
    },
    'identities.read-csv': ({ path }) => drafts.read(path),
  }
}
