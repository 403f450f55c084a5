/** Console links, and the browsers they open in. */
import { clipboard } from 'electron'
import { makeConsoleLink, secretlessLink } from '#core/console-link.ts'
import type { LinkDestination } from '#core/console-service.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function consoleHandlers({ hallpass, openUrl, changed }: HandlerParts): Handlers<'console'> {
  const { console, browsers } = hallpass
  return {
    'console.doors': ({ name }) => {
      const known = console.doors(name)
      return { ...known, doors: [...known.doors], browser: browsers.remembered(known) }
    },
    'console.destination': ({ name, ...where }) => ({ url: console.destinationUrl(name, placeOf(where)) }),
    'console.open': async ({ name, via, browser, sessionDurationSeconds, ...where }) => {
      const choice = browser === undefined ? browsers.remembered(console.doors(name)) : browser
      // Before there is a link, which the activity log would have for nothing.
      if (choice !== null) await browsers.check(choice)
      let durationLeftOut: 'not-direct' | 'refused' | null = null
      const { url, isSecret, door } = await makeConsoleLink(console, name, {
        ...placeOf(where),
        ...(via === null ? {} : { door: via }),
        ...(sessionDurationSeconds === undefined ? {} : { sessionDurationSeconds }),
        onDurationLeftOut: (why) => {
          durationLeftOut = why
        },
      })
      await openUrl(url, { ...(choice && { browser: choice }), isSecret })
      if (door === 'sign-in') changed()
      return { durationLeftOut }
    },
    'console.copy-link': async ({ name, door, ...where }) => {
      await clipboard.writeText(secretlessLink(console, name, door, placeOf(where)))
    },
    'console.browsers': () => browsers.list(),
    'console.remember-browser': async ({ for: scope, use }) => {
      if (use === null) browsers.forget(scope)
      else await browsers.remember(scope, use)
      changed()
      return [...browsers.rules()]
    },
  }
}

/** Without members that say nothing. */
function placeOf(where: {
  readonly destination?: string | undefined
  readonly region?: string | undefined
}): LinkDestination {
  return {
    ...(where.destination === undefined ? {} : { destination: where.destination }),
    ...(where.region === undefined ? {} : { region: where.region }),
  }
}
