/** The sentences of the role pane, of accounts and of next steps. */
import { countOf } from '../lib/format.ts'

export const detailStrings = {
  pane: {
    pin: 'Pin',
    unpin: 'Unpin',
    duplicate: 'Duplicate role…',
    account: 'Account…',
    endAll: 'End all sessions…',
  },

  profileMore: {
    label: 'Use this profile',
    copyLine: {
      env: 'Copy for bash, zsh',
      fish: 'Copy for fish',
      powershell: 'Copy for PowerShell',
      dotenv: 'Copy for .env',
    },
    line: 'Line for the shell',
    makeDefault: 'Make default',
    makeDefaultAbout: 'Tools that name no profile use it.',
    dropDefault: 'No longer default',
    dropDefaultAbout: 'Tools that name no profile get nothing from here.',
    isDefault: 'default',
    madeDefault: (profile: string) => `${profile} is the default profile`,
    droppedDefault: (profile: string) => `${profile} is no longer the default profile`,
    failed: 'Could not change the default profile.',
  },

  chainProblem: {
    'source-gone': 'What it starts from is gone. Choose another source.',
    cycle: 'Its sources lead back to itself. Choose another source.',
    'other-partition': 'It is in another partition of AWS. Credentials never cross partitions.',
    'root-user': 'AWS starts no role for a root user. Use the key of an IAM user.',
    'no-mfa-device': 'A code is wanted, and no MFA device is named.',
  },

  limits: {
    atMost: (time: string) => `${time} at most`,
    chaining: (time: string) => `AWS ends chained sessions after ${time}.`,
    role: (time: string) => `AWS has refused ${time} for it.`,
    asks: (time: string) => `This role asks for ${time}.`,
    tooLong: (time: string) => `${time} is too long`,
    use: (time: string) => `Use ${time}`,
  },

  renewal: {
    term: 'Renewal',
    label: 'Renew before it expires',
    on: 'by itself',
    onWithMfa: 'asks for a code',
    off: 'lapses',
    failed: 'Could not change the renewal.',
  },

  day: {
    title: 'Last 24 hours',
    none: 'no session',
    totals: (count: number, time: string) => `${countOf(count, 'session')}, ${time}`,
    spoken: (count: number, time: string, live: boolean) =>
      count === 0
        ? 'No session in the last 24 hours.'
        : `${countOf(count, 'session')} in the last 24 hours, ${time} in all.${live ? ' One is active now.' : ''}`,
  },

  next: {
    retry: 'Try again',
    unlock: 'Unlock',
    'choose-device': 'Choose device',
    'use-hour': 'Use 1 h',
    'edit-role': 'Edit role',
    'send-code': 'Send an MFA code',
    identities: 'Show identities',
    start: 'Start session',
    signIn: 'Sign in',
    takeOver: 'Look at it',
  },

  account: {
    title: (id: string) => `Account ${id}`,
    lead: 'A name for the lists, and what it is for. Nothing in AWS changes.',
    name: 'Name',
    namePlaceholder: 'acme-prod',
    environment: 'Environment',
    byName: 'By name',
    byNameHint: (word: string) => `Its name says: ${word}.`,
    byNameNothing: 'Its name says nothing.',
    byHandHint: 'Holds for roles that name no environment themselves.',
    none: 'None',
    saving: 'Saving',
    edit: 'Name account…',
    menu: (name: string) => `Account ${name}`,
    ask: (name: string) => `Is ${name} production?`,
    askWhy: 'Production asks before it starts, and is marked everywhere. You are asked once.',
    yes: 'Production',
    no: 'Not production',
    failed: 'Could not change the account.',
  },
} as const
