/** Sessions. */
import { formatCredentials } from '#core/aws/index.ts'
import { HallpassError } from '#shared/errors.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function sessionHandlers({ hallpass, secretClipboard, changed }: HandlerParts): Handlers<'sessions'> {
  return {
    'sessions.start': async ({ name, renew }) => {
      await hallpass.sessions.credentials(name, { renew, use: { how: 'start' } })
      changed()
      const session = hallpass.sessions.list().find((candidate) => candidate.name === name)
      if (!session) throw new HallpassError('session.not-found', `The session of ${name} ended again at once.`)
      return session
    },
    'sessions.list': () => hallpass.sessions.list(),
    'sessions.history': ({ name }) => hallpass.activity.sessions(name, Date.now()),
    'sessions.end-all': async () => {
      const ended = await hallpass.sessions.endAll()
      changed()
      return { ended }
    },
    'sessions.end': async ({ name }) => {
      await hallpass.sessions.end(name)
      changed()
    },
    'sessions.copy-env': async ({ name, shell }) => {
      const credentials = await hallpass.sessions.credentials(name, { use: { how: 'clipboard', form: shell } })
      const text = formatCredentials(credentials, shell, { label: hallpass.roles.promptLabel(name) })
      const clearsInSeconds = await secretClipboard.copy(text)
      changed()
      return { clearsInSeconds }
    },
  }
}
