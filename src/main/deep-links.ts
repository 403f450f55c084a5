/**
 * `hallpass://` links: from the arguments of this or a second instance, and from macOS's own event. A link only ever
 * opens a question in the window.
 */
import { app } from 'electron'
import type { Log } from '#core/capabilities.ts'
import { LINK_SCHEME, linkInArguments, parseDeepLink } from '#core/desktop/deep-link.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { DeepLink } from '#shared/ipc.ts'
import { toKnownError } from './ipc.ts'
import type { WindowRequests } from './window-requests.ts'

/** Links that came before there was anybody to follow them: macOS sends its own before `ready`. */
export interface EarlyLinks {
  /** Follows the last that came, and each that comes. */
  follow(link: (text: string) => void): void
}

/** Call before the app is ready. */
export function collectLinks(): EarlyLinks {
  let early: string | undefined
  let take = (text: string): void => {
    early = text
  }
  app.on('open-url', (event, url) => {
    event.preventDefault()
    take(url)
  })
  return {
    follow(link) {
      take = link
      if (early !== undefined) link(early)
    },
  }
}

export interface DeepLinks {
  follow(text: string): void
  /** @returns whether there was one in a command line */
  followArguments(argv: readonly string[]): boolean
}

export function createDeepLinks(parts: {
  hallpass: Pick<Hallpass, 'roles'>
  requests: WindowRequests
  log: Log
}): DeepLinks {
  const { hallpass, requests, log } = parts

  function open(read: () => DeepLink): void {
    try {
      requests.ask('deep-link.opened', { link: known(read()) })
    } catch (error) {
      requests.ask('deep-link.opened', { problem: toKnownError(error, 'deep-link', log).toReport() })
    }
  }

  /** With the name as the person wrote it. */
  function known(link: DeepLink): DeepLink {
    try {
      return { ...link, name: hallpass.roles.show(link.name).summary.name }
    } catch (error) {
      if (!isHallpassError(error, 'role.not-found')) throw error
      // Not in the words of the usual error: it would show what the link says.
      throw new HallpassError('role.not-found', 'This link names a role that Hallpass does not have.', {
        hint: 'Nothing was done. Look for the role in the list, or ask where the link came from.',
      })
    }
  }

  return {
    follow: (text) => open(() => parseDeepLink(text)),
    followArguments(argv) {
      let link: string | undefined
      try {
        link = linkInArguments(argv)
      } catch (error) {
        open(() => {
          throw error
        })
        return true
      }
      if (link === undefined) return false
      const text = link
      open(() => parseDeepLink(text))
      return true
    },
  }
}

/** Makes the system hand such links to the installed app. A source tree leaves that to it. */
export function registerLinkScheme(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
}
