/** What is chosen in the console dialog, and what it means for main. */
import type { BrowserChoice, BrowserScope, ConsoleDoor, FoundBrowser, FoundBrowsers } from '#shared/console.ts'
import { CONSOLE_SERVICES, searchServices, serviceById } from '#shared/console-services.ts'
import type { ConsoleDoorsView } from '#shared/ipc.ts'

/** What stands for the system's browser in a list of browsers. */
export const SYSTEM = 'system'

export interface ConsoleFields {
  readonly door: ConsoleDoor
  /** As it is typed: a title, an id or an address. */
  readonly destination: string
  readonly region: string
  /** Hours as text; empty for as long as the credentials. */
  readonly hours: string
  /** An id, or `SYSTEM`. */
  readonly browser: string
  /** Empty for the one it opens by itself. */
  readonly profile: string
  /** Empty for none. */
  readonly container: string
  readonly isPrivate: boolean
  readonly remember: 'no' | 'account' | 'environment'
}

/** What the dialog begins with: the proposed door, and the browser that is remembered. */
export function emptyConsole({ doors, region, browser }: ConsoleDoorsView): ConsoleFields {
  return {
    door: doors[0]?.door ?? 'switch-role',
    destination: '',
    region,
    hours: '',
    browser: browser?.browser ?? SYSTEM,
    profile: browser?.profile ?? '',
    container: browser?.container ?? '',
    isPrivate: browser?.private ?? false,
    remember: 'no',
  }
}

/** The services a text finds. One that is chosen finds all of them, so that the list is there for another. */
export function servicesFor(text: string) {
  const isChosen = CONSOLE_SERVICES.some(({ title }) => title === text)
  return searchServices(isChosen ? '' : text).map(({ id, title }) => ({ id, label: title, note: id }))
}

/** The destination a text stands for: a service by its id, or what was typed; undefined for the console's home. */
export function destinationOf(text: string): string | undefined {
  const typed = text.trim()
  if (typed === '') return undefined
  const lower = typed.toLowerCase()
  return CONSOLE_SERVICES.find(({ title }) => title.toLowerCase() === lower)?.id ?? (serviceById(lower)?.id || typed)
}

/** Whether a destination has its region in it. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text.trim())
}

/** The browser that was chosen; null for the system's. */
export function choiceOf({ browser, profile, container, isPrivate }: ConsoleFields): BrowserChoice | null {
  if (browser === SYSTEM) return null
  return {
    browser,
    ...(profile === '' ? {} : { profile }),
    ...(container === '' || isPrivate ? {} : { container }),
    ...(isPrivate ? { private: true } : {}),
  }
}

/** Where the link leads, for main. A region is said only where it is another than the role's own. */
export function placeOf(fields: ConsoleFields, ownRegion: string): { destination?: string; region?: string } {
  const destination = destinationOf(fields.destination)
  const says = !isAddress(fields.destination) && fields.region.trim() !== '' && fields.region.trim() !== ownRegion
  return {
    ...(destination === undefined ? {} : { destination }),
    ...(says ? { region: fields.region.trim() } : {}),
  }
}

/** Whose browser is remembered; undefined where none is to be. */
export function scopeOf({ remember }: ConsoleFields, view: ConsoleDoorsView): BrowserScope | undefined {
  if (remember === 'account' && view.accountId !== null) return { accountId: view.accountId }
  if (remember === 'environment' && view.environment !== null) return { environment: view.environment }
  return undefined
}

/** The browser of that id, if it is here. */
export function browserOf({ browsers }: FoundBrowsers, id: string): FoundBrowser | undefined {
  return browsers.find((one) => one.id === id)
}

/** The containers of the chosen profile; of all of them, each once, where the browser chooses. */
export function containersOf(browser: FoundBrowser | undefined, profile: string): string[] {
  const profiles = browser?.profiles.filter(({ id }) => profile === '' || id === profile) ?? []
  return [...new Set(profiles.flatMap(({ containers }) => containers))]
}
