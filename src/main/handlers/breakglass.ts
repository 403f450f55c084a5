/** Break-glass. Secrets that were read from a file wait here, and leave one at a time. */
import { basename } from 'node:path'
import { clipboard } from 'electron'
import type { SealedDraft } from '#core/breakglass/service.ts'
import { HallpassError } from '#shared/errors.ts'
import { viewOfOpening } from '../breakglass-view.ts'
import type { Stage } from '../drill-mode.ts'
import type { OpenOptions } from '../open-url.ts'
import { pickFile } from '../pick-file.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function breakglassHandlers(parts: HandlerParts): Handlers<'breakglass'> {
  const { drill, sealedDrafts, secretClipboard, openUrl, breakglassView, changed, broadcast } = parts
  const sealed = () => drill.stage().breakglass

  async function read(path: string) {
    const draft = await drill.real().readFile(path)
    return { ...draft.preview, draftId: sealedDrafts.keep(draft), fileName: basename(path) }
  }

  /** In a drill nothing leaves for AWS: its account exists in this process alone. */
  async function visit(url: string, { isDrill }: Stage, options: OpenOptions = {}): Promise<boolean> {
    if (!isDrill) await openUrl(url, options)
    return !isDrill
  }

  const tell = (step: Parameters<typeof broadcast<'breakglass.progress'>>[1]['step'], state: 'begun' | 'done') =>
    broadcast('breakglass.progress', { step, state })

  return {
    'breakglass.list': () => breakglassView.list(),
    'breakglass.add': async (request) => {
      const breakglass = drill.real()
      const input = 'draftId' in request ? fromDraft(sealedDrafts.take(request.draftId), request) : request
      const added = await breakglass.add(input)
      changed()
      return added
    },
    'breakglass.pick-file': async () => {
      drill.real()
      const filter = { name: 'Credentials file', extensions: ['csv', 'txt'] }
      const path = await pickFile('Choose the credentials file', filter)
      return path === null ? null : read(path)
    },
    'breakglass.read-file': ({ path }) => read(path),
    'breakglass.delete-file': async ({ draftId }) => {
      drill.real()
      await sealedDrafts.take(draftId).deleteFile()
      sealedDrafts.forget(draftId)
    },
    'breakglass.open': async ({ name, ...request }) => {
      const opening = await sealed().open(name, request)
      changed()
      return viewOfOpening(opening, drill.stage())
    },
    'breakglass.reveal': async ({ opening, part }) => {
      const revealed = await sealed().reveal(opening, part, 'shown')
      changed()
      return revealed
    },
    'breakglass.copy': async ({ opening, part }) => {
      const { value } = await sealed().reveal(opening, part, 'copied')
      changed()
      return { seconds: await secretClipboard.copy(value) }
    },
    'breakglass.browse': async ({ opening, role }) => {
      const stage = drill.stage()
      const url = await stage.breakglass.follow(opening, role)
      changed()
      return { opened: await visit(url, stage) }
    },
    'breakglass.sign-in': async ({ opening, role }) => {
      const stage = drill.stage()
      const { url, reasonAs } = await stage.breakglass.signInLink(opening, role)
      changed()
      return { opened: await visit(url, stage, { isSecret: true }), reasonSent: reasonAs !== null }
    },
    'breakglass.copy-link': async ({ name, role }) => {
      const { signInUrl, roles } = sealed().show(name)
      const link = role === undefined ? signInUrl : roles.find(({ arn }) => arn === role)?.link
      if (!link) throw new HallpassError('console.not-supported', 'There is no page for that.')
      await clipboard.writeText(link)
    },
    'breakglass.close': async ({ opening }) => {
      await Promise.all([sealed().close(opening), secretClipboard.clear()])
      changed()
    },
    'breakglass.seal': async ({ name }) => {
      await sealed().seal(name)
      changed()
    },
    'breakglass.done': async ({ name, task, note }) => {
      const left = await sealed().done(name, task, note)
      changed()
      return left
    },
    'breakglass.rotate': async ({ name, with: by }) => {
      const { breakglass, rotation } = drill.stage()
      const { holds } = breakglass.show(name)
      if (holds.includes('password')) await breakglass.passwords.rotate(name, by)
      if (holds.includes('secret-access-key'))
        await rotation.rotate('sealed', name, by === undefined ? {} : { with: by })
      changed()
      return breakglass.show(name)
    },
    'breakglass.remove': async ({ name }) => {
      await sealed().remove(name)
      changed()
    },
    'breakglass.plan': (choices) => sealed().setup.plan(choices),
    'breakglass.copy-plan': async ({ choices, form }) => {
      const plan = await sealed().setup.plan(choices)
      const { planAsCloudFormation, planAsCommands } = await import('#core/breakglass/setup/render.ts')
      await clipboard.writeText(form === 'commands' ? planAsCommands(plan) : planAsCloudFormation(plan))
    },
    'breakglass.set-up': async (choices) => {
      const result = await sealed().setup.apply(choices, tell)
      changed()
      return result
    },
    'breakglass.undo': async ({ name }) => {
      await sealed().setup.undo(name, tell)
      changed()
    },
    'breakglass.start-drill': async ({ name }) => {
      await drill.start(name)
    },
    'breakglass.finish-drill': () => drill.finish(),
    'breakglass.stop-drill': async () => {
      await drill.stop()
    },
  }
}

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
