/** Identities. */
import { dialog } from 'electron'
import type { HandlerParts, Handlers } from './parts.ts'

export function identityHandlers({ hallpass, drafts, changed }: HandlerParts): Handlers<'identities'> {
  return {
    'identities.list': () => hallpass.identities.list(),
    'identities.add': async (request) => {
      const input = 'draftId' in request ? { ...request, ...drafts.take(request.draftId) } : request
      const { identity } = await hallpass.identities.add(input)
      if ('draftId' in request) drafts.forget(request.draftId)
      changed()
      return identity
    },
    'identities.edit': async ({ name, edit }) => {
      const identity = await hallpass.identities.edit(name, edit)
      changed()
      return identity
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
    'identities.add-totp': async ({ name, seed, verify }) => {
      await hallpass.mfa.addSeed(name, seed, { verify })
      changed()
    },
    'identities.remove-totp': async ({ name }) => {
      await hallpass.mfa.removeSeed(name)
      changed()
    },
    'identities.pick-csv': async () => {
      const picked = await dialog.showOpenDialog({
        title: 'Choose the access key file',
        properties: ['openFile'],
        filters: [{ name: 'Access key file', extensions: ['csv', 'txt'] }],
      })
      const [path] = picked.filePaths
      return picked.canceled || !path ? null : drafts.read(path)
    },
    'identities.read-csv': ({ path }) => drafts.read(path),
  }
}
