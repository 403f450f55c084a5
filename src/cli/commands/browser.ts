/** The `hallpass browser` commands. */
import { KNOWN_BROWSERS } from '#core/browsers/known.ts'
import type { CommandDescriptor, OptionDescriptor } from '../descriptor.ts'

const BROWSER_IDS = KNOWN_BROWSERS.map(({ id }) => id)

export const BROWSER_OPTION: OptionDescriptor = {
  flags: '--browser <name>',
  summary: 'browser to open it in, as hallpass browser list has it',
  suggests: BROWSER_IDS,
}
export const CONTAINER_OPTION: OptionDescriptor = {
  flags: '--container <name>',
  summary: 'container of Firefox; needs the extension “Open external links in a container”',
}
export const PRIVATE_OPTION: OptionDescriptor = { flags: '--private', summary: 'in a private window' }

const SCOPE: readonly OptionDescriptor[] = [
  { flags: '--account <id>', summary: 'for the consoles of an account, 12 digits' },
  {
    flags: '--environment <name>',
    summary: 'for the consoles of an environment',
    choices: ['prod', 'staging', 'dev', 'other'],
  },
]

export const BROWSER_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['browser', 'list'],
    summary: 'list browsers, their profiles, and what opens in them',
    json: true,
    examples: [{ run: 'hallpass browser list', does: 'Chromium-family and Firefox profiles, and containers' }],
    load: async () => (await import('../handlers/browser-list.ts')).browserList,
  },
  {
    path: ['browser', 'set'],
    summary: 'say which browser the consoles of an account or an environment open in',
    description: 'What is said of an account counts before what is said of its environment.',
    options: [
      ...SCOPE,
      BROWSER_OPTION,
      { flags: '--profile <name>', summary: 'profile of the browser' },
      CONTAINER_OPTION,
      PRIVATE_OPTION,
    ],
    json: true,
    examples: [
      {
        run: 'hallpass browser set --environment prod --browser firefox --container acme-prod',
        does: 'Production, apart from all else',
      },
      {
        run: 'hallpass browser set --account 123456789012 --browser chrome --profile Acme',
        does: 'One customer, one profile',
      },
    ],
    load: async () => (await import('../handlers/browser-set.ts')).browserSet,
  },
  {
    path: ['browser', 'unset'],
    summary: 'leave the consoles of an account or an environment to the system’s browser',
    options: SCOPE,
    json: true,
    examples: [{ run: 'hallpass browser unset --environment prod', does: 'Forget what was said of production' }],
    load: async () => (await import('../handlers/browser-set.ts')).browserUnset,
  },
]
