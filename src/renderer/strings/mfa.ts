/** The sentences of MFA prompts. */
export const mfaStrings = {
  mfa: {
    title: (device: string) => `Code from ${device}`,
    lead: (target: string, identity: string) => `To start ${target} from ${identity}.`,
    code: 'Six digit code',
    hint: 'A code works once. If AWS says no, wait for the next one.',
    refuse: 'Cancel',
    start: 'Start',
    checking: 'Checking',
    waiting: (device: string, target: string, seconds: number) =>
      `${target} waits up to ${seconds} s for the next code of ${device}.`,
  },
} as const
