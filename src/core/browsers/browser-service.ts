/**
 * The browsers of this computer, the one that is remembered for an account or an environment, and opening links in it.
 * A secret link never comes on a command line: it is handed over (hand-over.ts).
 */
import { existsSync } from 'node:fs'
import {
  type BrowserChoice,
  type BrowserRule,
  type BrowserScope,
  browserChoiceSchema,
  browserScopeSchema,
  type FoundBrowsers,
  isSameScope,
} from '#shared/console.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Environment } from '#shared/fields.ts'
import { parseInput } from '../input.ts'
import { suggestName } from '../names.ts'
import { isProgram } from '../programs.ts'
import type { SettingsService } from '../settings.ts'
import { readSmallFile } from '../small-file.ts'
import { type BrowserTarget, browserCommand } from './arguments.ts'
import { type BrowserPlace, detectBrowsers, type InstalledBrowser } from './detect.ts'
import { type BrowserProfile, findProfiles, type ReadText } from './find-profiles.ts'
import { HAND_OVER_MS } from './hand-over.ts'
import { openSecretly } from './open-secretly.ts'
import { runOpener } from './run-opener.ts'

/** Whose console it is. */
export interface ConsoleOwner {
  readonly accountId: string | null
  readonly environment: Environment | null
}

export interface BrowserService {
  /** Looks anew each time: browsers and profiles come and go. */
  list(): Promise<FoundBrowsers>
  /** What opens a console: what is remembered for its account, else for its environment; null for the system's browser. */
  remembered(owner: ConsoleOwner): BrowserChoice | null
  /** Everything that is remembered. */
  rules(): readonly BrowserRule[]
  /**
   * Remembers it in place of what was. A profile may be given by its title.
   * @returns what is remembered, the profile by its id. @throws `browser.not-found`, `input.invalid`
   */
  remember(scope: BrowserScope, choice: BrowserChoice): Promise<BrowserRule>
  /** @returns whether there was anything to forget. @throws `input.invalid` */
  forget(scope: BrowserScope): boolean
  /** Whether a choice can be opened, before there is anything to open. @throws as `open` does */
  check(choice: BrowserChoice): Promise<void>
  /**
   * Opens an https address, or one of this computer's loopback interface.
   * @param options.isSecret whoever has the address is let in: it is handed over, and the call ends when that is done
   * @throws `browser.not-found`, `browser.unavailable`, `input.invalid`
   */
  open(url: string, choice: BrowserChoice, options: { readonly isSecret: boolean }): Promise<void>
}

export interface BrowserServiceParts {
  readonly settings: Pick<SettingsService, 'get' | 'change'>
  readonly env: BrowserPlace['env']
  readonly home: string
  readonly platform?: NodeJS.Platform
  /** How long a browser has to fetch a secret link. Milliseconds. */
  readonly handOverMs?: number
}

/** `Local State` of a browser with many profiles has a few megabytes. */
const LARGEST_FILE = 32 * 1024 * 1024
const ANOTHER = 'Choose another browser, or leave it to the system’s.'

export function createBrowserService(parts: BrowserServiceParts): BrowserService {
  const { settings, env, home, platform = process.platform, handOverMs = HAND_OVER_MS } = parts
  const place: BrowserPlace = { platform, env, home, isProgram, exists: existsSync }
  const read: ReadText = async (path) => (await readSmallFile(path, LARGEST_FILE)).toString('utf8')
  const profilesOf = (browser: InstalledBrowser) => findProfiles(browser, platform, read)
  const rules = () => settings.get().consoleBrowsers

  /** The browser a choice names, and what of it, each checked to be there. */
  async function resolve(given: BrowserChoice) {
    const choice = parseInput(browserChoiceSchema, given)
    const browsers = detectBrowsers(place)
    const browser = browsers.find(({ id }) => id === choice.browser)
    if (browser === undefined) {
      const ids = browsers.map(({ id }) => id)
      throw notFound(`There is no browser ${choice.browser} on this computer.`, choice.browser, ids)
    }
    const isPrivate = choice.private ?? false
    if (isPrivate && browser.privateFlag === undefined) {
      throw new HallpassError('input.invalid', `${browser.title} can’t be told to open a private window.`)
    }
    if (choice.container !== undefined && browser.family !== 'firefox') {
      throw new HallpassError('input.invalid', `${browser.title} has no containers. Firefox has.`)
    }
    const { profiles } =
      choice.profile === undefined && choice.container === undefined ? NONE : await profilesOf(browser)
    const profile = choice.profile === undefined ? undefined : profileNamed(browser, profiles, choice.profile)
    checkContainer(choice.container, profile ?? profiles.find(({ isDefault }) => isDefault))
    const target: BrowserTarget = { profile: profile?.word, container: choice.container, isPrivate }
    return { browser, target, choice: profile === undefined ? choice : { ...choice, profile: profile.id } }
  }

  return {
    async list() {
      const found = await Promise.all(
        detectBrowsers(place).map(async (browser) => ({ browser, ...(await profilesOf(browser)) })),
      )
      return {
        browsers: found.map(({ browser: { id, title, privateFlag }, profiles }) => ({
          id,
          title,
          canBePrivate: privateFlag !== undefined,
          profiles: profiles.map((profile) => ({
            id: profile.id,
            title: profile.title,
            containers: [...profile.containers],
          })),
        })),
        notes: [...new Set(found.flatMap(({ notes }) => notes))],
      }
    },

    rules,

    remembered({ accountId, environment }) {
      const byAccount = rules().find((rule) => 'accountId' in rule.for && rule.for.accountId === accountId)
      const byEnvironment = rules().find((rule) => 'environment' in rule.for && rule.for.environment === environment)
      return (byAccount ?? byEnvironment)?.use ?? null
    },

    async remember(scope, choice) {
      const rule = { for: parseInput(browserScopeSchema, scope), use: (await resolve(choice)).choice }
      settings.change({ consoleBrowsers: [...rules().filter((one) => !isSameScope(one.for, rule.for)), rule] })
      return rule
    },

    forget(scope) {
      const parsed = parseInput(browserScopeSchema, scope)
      const kept = rules().filter((one) => !isSameScope(one.for, parsed))
      if (kept.length === rules().length) return false
      settings.change({ consoleBrowsers: kept })
      return true
    },

    async check(choice) {
      await resolve(choice)
    },

    async open(url, choice, { isSecret }) {
      if (!isOpenable(url)) throw new HallpassError('input.invalid', 'Browsers are given https addresses only.')
      const { browser, target } = await resolve(choice)
      if (!isSecret) return runOpener(browserCommand(browser, target, url), env, { hint: ANOTHER })
      const openIn = (address: string, enough: Promise<unknown>) =>
        runOpener(browserCommand(browser, target, address), env, { hint: ANOTHER, enough })
      return openSecretly(url, openIn, { browser: browser.title, hint: hintOn(target), handOverMs })
    },
  }
}

const NONE = { profiles: [] as readonly BrowserProfile[] }

function profileNamed(browser: InstalledBrowser, profiles: readonly BrowserProfile[], name: string): BrowserProfile {
  const lower = name.toLowerCase()
  const [titled, ...more] = profiles.filter(({ title }) => title.toLowerCase() === lower)
  const found = profiles.find(({ id }) => id === name) ?? (more.length === 0 ? titled : undefined)
  if (found !== undefined) return found
  const known = profiles.flatMap(({ id, title }) => [title, id])
  const message =
    more.length > 0
      ? `${browser.title} has several profiles named ${name}.`
      : `${browser.title} has no profile named ${name}.`
  throw notFound(message, name, known)
}

/** The extension would make a container that is not there: a mistyped one is told from that where names are known. */
function checkContainer(container: string | undefined, profile: BrowserProfile | undefined): void {
  const known = profile?.containers ?? []
  if (container === undefined || known.length === 0 || known.includes(container)) return
  throw notFound(`There is no container ${container} in that Firefox profile.`, container, known)
}

function notFound(message: string, wanted: string, known: readonly string[]): HallpassError {
  const guess = suggestName(wanted, known)
  const hint = guess === undefined ? 'See hallpass browser list.' : `Did you mean ${guess}?`
  return new HallpassError('browser.not-found', message, { hint })
}

const hintOn = ({ container }: BrowserTarget): string =>
  container === undefined
    ? ANOTHER
    : 'Containers need the extension “Open external links in a container” in that profile.'

function isOpenable(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  return parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && parsed.hostname === '127.0.0.1')
}
