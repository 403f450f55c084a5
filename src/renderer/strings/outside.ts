/** The sentences for what is asked of the window from outside it. */
export const outsideStrings = {
  link: {
    start: (name: string) => `Start ${name}?`,
    console: (name: string) => `Open the console of ${name}?`,
    isActive: (name: string) => `${name} is active already`,
    lead: 'A link from outside Hallpass asks for this. Go on only if you opened it yourself.',
    activeLead: 'A link from outside Hallpass asks for it.',
    consoleLink: 'Link',
    show: 'Show role',
    open: 'Open console',
    refused: 'This link was not followed',
  },
} as const
