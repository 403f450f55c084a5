/** What is said in many places: times, and what is wrong with a field. */
export const commonStrings = {
  time: {
    justNow: 'just now',
    minutesAgo: (count: number) => `${count} min ago`,
    hoursAgo: (count: number) => `${count} h ago`,
    daysAgo: (count: number) => (count === 1 ? '1 day ago' : `${count} days ago`),
    seconds: (count: number) => (count === 1 ? '1 second' : `${count} seconds`),
    minutes: (count: number) => (count === 1 ? '1 minute' : `${count} minutes`),
    hours: (count: number) => (count === 1 ? '1 hour' : `${count} hours`),
  },
  thousands: (count: number) => `${count} k`,
  fields: {
    unusable: 'This can’t be used.',
    taken: (name: string) => `${name} is taken. Identities and roles need names of their own.`,
    chooseSource: 'Choose the identity or role it is started from.',
  },
  ownFault: {
    message: 'Hallpass could not do that because of a fault of its own.',
    hint: 'Try again. If it stays, restart Hallpass.',
  },
} as const
