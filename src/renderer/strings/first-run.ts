/** The sentences of the first run, of moving in, of the practice account, and of what is new. */
import { countOf } from '../lib/format.ts'

export const firstRunStrings = {
  first: {
    title: ['Short passes,', 'not lasting keys'],
    lead: 'Your long-term AWS keys stay locked away. Your tools get passes that expire.',
    steps: {
      keychain: ['Keys go to the system keychain', 'Encrypted by your computer, opened by you.'],
      file: ['Keys go to an encrypted file', 'Opened with your passphrase, and by nothing else.'],
      roles: ['Roles become short sessions', '15 minutes to 12 hours, MFA when asked.'],
      tools: ['The CLI and the console just work', 'Through profiles and switch-role links.'],
    },
    foot: 'No account, no telemetry. Secrets go to AWS or stay here.',
    question: 'How do you reach AWS today?',
    import: 'Import what you have',
    looking: 'Looking at the AWS files.',
    nothingFound: 'No profiles in the AWS files here. From Leapp, aws-vault, or a catalogue of your team.',
    unreadable: 'The AWS files can’t be read. See why.',
    found: (profiles: number) => `${countOf(profiles, 'profile')} found.`,
    foundWith: (profiles: number) => `${countOf(profiles, 'profile')} and `,
    plaintext: (keys: number) => `${keys} plaintext ${keys === 1 ? 'key' : 'keys'}`,
    foundEnd: ' found.',
    approve: 'You approve each change.',
    key: ['Add an access key', 'Paste it, or drop the file the AWS console gave you.'],
    identityCenter: ['Sign in with Identity Center', 'Sign in once, and every role assigned to you is in the list.'],
    practice: ['Try with the practice account', 'Made-up accounts and roles on this computer. Nothing reaches AWS.'],
    restarting: 'Hallpass restarts on the practice account.',
    override: (host: string) => `Requests go to ${host} instead of AWS.`,
    later: 'You can do the others later.',
    continue: 'Continue',
  },

  practice: {
    title: 'This is the practice account.',
    text: 'Made-up accounts on this computer; nothing reaches AWS. The AWS CLI reads its profiles from version 2.13 on.',
    leave: 'Leave',
    leaveTitle: 'Leave the practice account?',
    leaveLead: 'Hallpass restarts with your own identities and roles. Sessions of the practice account end.',
    remove: 'Remove it, with the profiles it wrote into the AWS files',
    leaving: 'Restarting',
  },

  news: {
    title: (version: string) => `New in Hallpass ${version}`,
    lead: 'What has changed since the version you had.',
  },
} as const
