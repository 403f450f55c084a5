/** The options that name a browser, and what of it is meant. */
import type { BrowserService, ConsoleOwner } from '#core/browsers/browser-service.ts'
import type { BrowserChoice } from '#shared/console.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Invocation } from '../invocation.ts'

/** What stands for the system's browser, whatever is remembered. */
export const SYSTEM_BROWSER = 'default'

/**
 * The browser asked for, or the remembered one with what was asked for of it; null for the system's.
 * @throws `usage.invalid` for a profile, container or private window of no browser
 */
export function readBrowser(
  invocation: Invocation,
  browsers: Pick<BrowserService, 'remembered'>,
  owner: ConsoleOwner,
): BrowserChoice | null {
  const browser = invocation.text('browser')
  const wishes = readWishes(invocation, 'browserProfile')
  if (browser === SYSTEM_BROWSER || browser === undefined) {
    const remembered = browser === undefined ? browsers.remembered(owner) : null
    if (Object.keys(wishes).length === 0) return remembered
    if (remembered !== null) return { ...remembered, ...wishes }
    throw new HallpassError('usage.invalid', 'A profile, a container or a private window needs a browser.', {
      hint: 'Name one with --browser. See hallpass browser list.',
    })
  }
  return { browser, ...wishes }
}

/** @param profile the name of the option that has the profile */
export function readWishes(
  invocation: Invocation,
  profile: 'browserProfile' | 'profile',
): Omit<BrowserChoice, 'browser'> {
  const [name, container] = [invocation.text(profile), invocation.text('container')]
  return {
    ...(name === undefined ? {} : { profile: name }),
    ...(container === undefined ? {} : { container }),
    ...(invocation.flag('private') ? { private: true } : {}),
  }
}
