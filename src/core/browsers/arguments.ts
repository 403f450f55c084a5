/**
 * The command line that opens an address in a browser, as a list of words: no shell reads it.
 *
 * - Chromium: `--profile-directory=<folder>`, and the browser's own switch for a private window.
 * - Firefox: `--profile <path>`, `--private-window`; a container by the address `ext+container:name=…&url=…`, which the
 *   extension "Open external links in a container" takes (github.com/honsiorovskyi/open-url-in-container, README). Both
 *   values are percent-encoded: the extension reads what follows the colon as a query.
 * - macOS: `open -a <app>`, and for words that the app itself reads `open -na <app> --args`.
 */
import type { InstalledBrowser } from './detect.ts'

/** What of the browser is meant. Checked by whoever gives it. */
export interface BrowserTarget {
  /** Chromium: the profile's folder name. Firefox: its absolute path. */
  readonly profile?: string | undefined
  readonly container?: string | undefined
  readonly isPrivate: boolean
}

/** @returns the program, absolute, and its words */
export function browserCommand(
  browser: InstalledBrowser,
  target: BrowserTarget,
  url: string,
): readonly [string, ...string[]] {
  const words = [...profileWords(browser, target), ...(target.isPrivate ? privateWords(browser) : [])]
  const address =
    target.container === undefined
      ? url
      : `ext+container:name=${encodeURIComponent(target.container)}&url=${encodeURIComponent(url)}`
  if (!browser.isMacApp) return [browser.program, ...words, address]
  return words.length === 0 && target.container === undefined
    ? ['/usr/bin/open', '-a', browser.program, address]
    : ['/usr/bin/open', '-na', browser.program, '--args', ...words, address]
}

function profileWords({ family }: InstalledBrowser, { profile }: BrowserTarget): string[] {
  if (profile === undefined) return []
  return family === 'firefox' ? ['--profile', profile] : [`--profile-directory=${profile}`]
}

function privateWords({ privateFlag }: InstalledBrowser): string[] {
  return privateFlag === undefined ? [] : [privateFlag]
}
