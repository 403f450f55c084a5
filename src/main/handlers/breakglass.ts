/** Break-glass. Secrets that were read from a file wait here, and leave one at a time. */
import { basename } from 'node:path'
import type { SealedDraft } from '#core/breakglass/service.ts'
import type { Opening } from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import { pickFile } from '../pick-file.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function breakglassHandlers(parts: HandlerParts): Handlers<'breakglass'> {
  const { hallpass, sealedDrafts, secretClipboard, openUrl, changed, broadcast } = parts
  const { breakglass, rotation } = hallpass

  async function read(path: string) {
    const draft = await breakglass.readFile(path)
    return { ...draft.preview, draftId: sealedDrafts.keep(draft), fileName: basename(path) }
  }

  function opened(id: string) {
    const opening = breakglass.openings().find((each) => each.id === id)
    if (opening) return opening
    throw new HallpassError('breakglass.sealed', 'This credential is sealed again.', {
      hint: 'Open it once more, with a reason.',
    })
  }

  const tell = (step: Parameters<typeof broadcast<'breakglass.progress'>>[1]['step'], state: 'begun' | 'done') =>
    broadcast('breakglass.progress', { step, state })

  return {
    'breakglass.list': () => ({
      credentials: breakglass.list(),
      openings: breakglass.openings().map(viewOf),
      interrupted: breakglass.setup.interrupted(),
    }),
    'breakglass.add': async (request) => {
      const input = 'draftId' in request ? fromDraft(sealedDrafts.take(request.draftId), request) : request
      const sealed = await breakglass.add(input)
      changed()
      return sealed
    },
    'breakglass.pick-file': async () => {
      const filter = { name: 'Credentials file', extensions: ['csv', 'txt'] }
      const path = await pickFile('Choose the credentials file', filter)
      return path === null ? null : read(path)
    },
    'breakglass.read-file': ({ path }) => read(path),
    'breakglass.delete-file': async ({ draftId }) => {
      await sealedDrafts.take(draftId).deleteFile()
      sealedDrafts.forget(draftId)
    },
    'breakglass.open': async ({ name, ...request }) => {
      const opening = await breakglass.open(name, request)
      changed()
      return viewOf(opening)
    },
    'breakglass.reveal': ({ opening, part }) => breakglass.reveal(opening, part, 'shown'),
    'breakglass.copy': async ({ opening, part }) => {
      const { credential } = opened(opening)
      const value =
        part === 'user-name' ? credential.userName : (await breakglass.reveal(opening, part, 'copied')).value
      return { seconds: await secretClipboard.copy(value) }
    },
    'breakglass.browse': async ({ opening, role }) => {
      const { credential } = opened(opening)
      const url = role === undefined ? credential.signInUrl : credential.roles.find(({ arn }) => arn === role)?.link
      if (!url) throw new HallpassError('console.not-supported', 'There is no page to open for that.')
      await openUrl(url)
    },
    'breakglass.close': async ({ opening }) => {
      await breakglass.close(opening)
      await secretClipboard.clear()
      changed()
    },
    'breakglass.seal': async ({ name }) => {
      await breakglass.seal(name)
      changed()
    },
    'breakglass.done': async ({ name, task, note }) => {
      const sealed = await breakglass.done(name, task, note)
      changed()
      return sealed
    },
    'breakglass.rotate': async ({ name, with: by }) => {
      const { holds } = breakglass.show(name)
      if (holds.includes('password')) await breakglass.passwords.rotate(name, by)
      if (holds.includes('secret-access-key'))
        await rotation.rotate('sealed', name, by === undefined ? {} : { with: by })
      changed()
      return breakglass.show(name)
    },
    'breakglass.remove': async ({ name }) => {
      await breakglass.remove(name)
      changed()
    },
    'breakglass.plan': (choices) => breakglass.setup.plan(choices),
    'breakglass.set-up': async (choices) => {
      const result = await breakglass.setup.apply(choices, tell)
      changed()
      return result
    },
    'breakglass.undo': async ({ name }) => {
      await breakglass.setup.undo(name, tell)
      changed()
    },
  }
}

const viewOf = ({ id, credential, until, reason }: Opening) => ({ id, name: credential.name, until, reason })

/** @throws `input.required` when neither the file nor the person says whose it is */
function fromDraft(
  { fields }: SealedDraft,
  {
    name,
    userName,
    environment,
  }: { name: string; userName?: string | undefined; environment?: 'prod' | 'staging' | 'dev' | 'other' | undefined },
) {
  const user = userName ?? fields.userName
  if (user === undefined)
    throw new HallpassError('input.required', 'The file does not say whose credentials these are.', {
      hint: 'Give the IAM user’s name.',
    })
  return { ...fields, name, userName: user, ...(environment === undefined ? {} : { environment }) }
}
