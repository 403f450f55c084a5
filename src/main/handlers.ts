/** What each IPC channel does, in terms of core. Thin on purpose: rules live in core, transport in ipc.ts. */
import { app, clipboard, dialog, nativeTheme } from 'electron'
import { formatCredentials } from '#core/aws/index.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { promptLabel } from '#core/session-mark.ts'
import { HallpassError } from '#shared/errors.ts'
import type { IpcChannel } from '#shared/ipc.ts'
import type { AccessKeyDrafts } from './access-key-drafts.ts'
import type { IpcHandlers } from './ipc.ts'
import type { MfaBroker } from './mfa-broker.ts'
import { SECRET_CLIPBOARD_SECONDS, type SecretClipboard } from './secret-clipboard.ts'

export interface HandlerParts {
  readonly hallpass: Hallpass
  readonly drafts: AccessKeyDrafts
  readonly mfa: MfaBroker
  readonly secretClipboard: SecretClipboard
  /** Opens an allow-listed URL in the system's browser. */
  readonly openUrl: (url: string) => Promise<void>
  /** Tells every window that lists have changed. */
  readonly changed: () => void
}

type Handlers<Prefix extends string> = Pick<IpcHandlers, Extract<IpcChannel, `${Prefix}.${string}`>>

/** Every handler of the contract. */
export function createHandlers(parts: HandlerParts): IpcHandlers {
  return {
    ...appHandlers(parts),
    ...identityHandlers(parts),
    ...roleHandlers(parts),
    ...sessionHandlers(parts),
    ...profileHandlers(parts),
    ...consoleHandlers(parts),
    'mfa.answer': ({ promptId, code }) => {
      parts.mfa.answer(promptId, code)
    },
  }
}

function appHandlers({ hallpass }: HandlerParts): Handlers<'app'> {
  return {
    'app.info': async () => ({
      version: app.getVersion(),
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      vault: await hallpass.vaultStatus(),
      damage: hallpass.damageNotice(),
      endpointOverride: hallpass.endpointOverride(),
      theme: nativeTheme.themeSource,
    }),
    'app.acknowledge-damage': () => {
      hallpass.acknowledgeDamage()
    },
    'app.set-theme': ({ theme }) => {
      nativeTheme.themeSource = theme
      hallpass.setSetting('theme', theme)
    },
  }
}

function identityHandlers({ hallpass, drafts, changed }: HandlerParts): Handlers<'identities'> {
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

function roleHandlers({ hallpass, changed }: HandlerParts): Handlers<'roles'> {
  return {
    'roles.list': () => hallpass.roles.list(),
    'roles.show': ({ name }) => hallpass.roles.show(name),
    'roles.add': (request) => {
      const role = hallpass.roles.add(request)
      changed()
      return role
    },
    'roles.edit': async ({ name, edit }) => {
      const role = await hallpass.roles.edit(name, edit)
      changed()
      return role
    },
    'roles.remove': async ({ name }) => {
      await hallpass.roles.remove(name)
      changed()
    },
    'roles.copy-field': async ({ name, field }) => {
      const { role, summary } = hallpass.roles.show(name)
      const fields = {
        arn: role.arn,
        'account-id': role.accountId,
        'external-id': role.settings.externalId ?? '',
        profile: summary.profile,
      }
      await clipboard.writeText(fields[field])
    },
  }
}

function sessionHandlers({ hallpass, secretClipboard, changed }: HandlerParts): Handlers<'sessions'> {
  return {
    'sessions.start': async ({ name, renew }) => {
      await hallpass.sessions.credentials(name, { renew, use: { how: 'start' } })
      changed()
      const session = hallpass.sessions.list().find((candidate) => candidate.name === name)
      if (!session) throw new HallpassError('session.not-found', `The session of ${name} ended again at once.`)
      return session
    },
    'sessions.end': async ({ name }) => {
      await hallpass.sessions.end(name)
      changed()
    },
    'sessions.copy-env': async ({ name, shell }) => {
      const credentials = await hallpass.sessions.credentials(name, { use: { how: 'clipboard', form: shell } })
      const label = promptLabel(name, hallpass.roles.list())
      await secretClipboard.copy(formatCredentials(credentials, shell, { label }))
      changed()
      return { clearsInSeconds: SECRET_CLIPBOARD_SECONDS }
    },
  }
}

function profileHandlers({ hallpass, changed }: HandlerParts): Handlers<'profiles'> {
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

function consoleHandlers({ hallpass, openUrl, changed }: HandlerParts): Handlers<'console'> {
  return {
    'console.open': async ({ name, via }) => {
      if (via === 'switch-role') {
        await openUrl(hallpass.console.switchRoleLink(name))
        return
      }
      await openUrl(await hallpass.console.signInLink(name))
      changed()
    },
    'console.copy-switch-link': async ({ name }) => {
      await clipboard.writeText(hallpass.console.switchRoleLink(name))
    },
  }
}

/** Drops members that are present but undefined, which exact optional types tell apart from absent ones. */
function definedOnly<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
