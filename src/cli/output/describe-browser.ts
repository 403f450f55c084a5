/** Browsers and what is remembered of them, in words. */
import type { BrowserChoice, BrowserRule } from '#shared/console.ts'
import { environmentLabel } from '#shared/environment.ts'

/** `firefox, profile work, container acme, private window` */
export function describeChoice({ browser, profile, container, private: isPrivate }: BrowserChoice): string {
  return [
    browser,
    ...(profile === undefined ? [] : [`profile ${profile}`]),
    ...(container === undefined ? [] : [`container ${container}`]),
    ...(isPrivate ? ['private window'] : []),
  ].join(', ')
}

/** Whose consoles a rule is for. */
export function describeScope(scope: BrowserRule['for']): string {
  return 'accountId' in scope ? `account ${scope.accountId}` : environmentLabel(scope.environment).toLowerCase()
}
