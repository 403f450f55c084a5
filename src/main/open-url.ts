/** Opens addresses in browsers: those of the allow-list alone, and secret ones never on a command line. */
import { shell } from 'electron'
import { isBrowserOutside, openSecretly } from '#core/browsers/open-secretly.ts'
import type { Hallpass } from '#core/hallpass.ts'
import type { BrowserChoice } from '#shared/console.ts'
import { HallpassError } from '#shared/errors.ts'
import { isAllowedExternalUrl } from './external-urls.ts'

export interface OpenOptions {
  /** The system's when left out. */
  readonly browser?: BrowserChoice
  /** Whoever has the address is let in. */
  readonly isSecret?: boolean
}

/**
 * @throws `console.not-supported` for anything outside the allow-list; the address itself is not repeated, it may be
 *   secret. `browser.*`
 */
export type OpenUrl = (url: string, options?: OpenOptions) => Promise<void>

export interface UrlOpener {
  readonly openUrl: OpenUrl
  /** Until no browser is on its way to a secret link any more, half a minute at most. */
  settled(): Promise<unknown>
}

const HINT =
  'The browser that opens http links has to reach this computer’s own 127.0.0.1. See that it does, then try again.'

export function createUrlOpener(
  { browsers, browserOrigins }: Pick<Hallpass, 'browsers' | 'browserOrigins'>,
  env: Readonly<Record<string, string | undefined>>,
): UrlOpener {
  const onTheirWay = new Set<Promise<void>>()

  function openInSystem(url: string, isSecret: boolean): Promise<void> {
    if (!isSecret || isBrowserOutside(env)) return shell.openExternal(url)
    const open = (address: string, enough: Promise<unknown>) => Promise.race([shell.openExternal(address), enough])
    return openSecretly(url, open, { browser: 'The browser', hint: HINT })
  }

  return {
    async openUrl(url, { browser, isSecret = false } = {}) {
      if (!isAllowedExternalUrl(url, browserOrigins())) {
        throw new HallpassError('console.not-supported', 'Hallpass opens AWS pages only, and this address is not one.')
      }
      const opening = browser === undefined ? openInSystem(url, isSecret) : browsers.open(url, browser, { isSecret })
      onTheirWay.add(opening)
      return opening.finally(() => onTheirWay.delete(opening))
    },
    settled: () => Promise.allSettled(onTheirWay),
  }
}
