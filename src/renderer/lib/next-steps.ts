/** What can be done about an error, as one or two buttons beside it (visual direction, "Words"). */
import type { ErrorCode } from '#shared/errors.ts'
import { strings } from '../strings.ts'

/** What a screen can do. A step it can't take has no button. */
export interface NextStepHandlers {
  /** The same again. */
  readonly retry?: (() => void) | undefined
  /** Opens the identity whose MFA device is wrong or missing. */
  readonly chooseDevice?: (() => void) | undefined
  /** Sets the role to an hour, which every role and every chain allows, and tries again. */
  readonly useHour?: (() => void) | undefined
  readonly editRole?: (() => void) | undefined
  /** Has the role send a code from now on, and tries again. */
  readonly sendCode?: (() => void) | undefined
  readonly showIdentities?: (() => void) | undefined
  /** Starts the session that is missing. */
  readonly start?: (() => void) | undefined
  /** Signs in to Identity Center, and then does the same again. */
  readonly signIn?: (() => void) | undefined
  /** Shows the profile of somebody else's that is in the way. */
  readonly takeOver?: (() => void) | undefined
}

type Step = keyof NextStepHandlers

const WORDS: Record<Step, string> = {
  retry: strings.next.retry,
  chooseDevice: strings.next['choose-device'],
  useHour: strings.next['use-hour'],
  editRole: strings.next['edit-role'],
  sendCode: strings.next['send-code'],
  showIdentities: strings.next.identities,
  start: strings.next.start,
  signIn: strings.next.signIn,
  takeOver: strings.next.takeOver,
}

/** The first is the likelier remedy. Codes left out have their instruction in the hint alone. */
const STEPS: Partial<Record<ErrorCode, readonly Step[]>> = {
  'sts.access-denied': ['sendCode', 'editRole'],
  'sts.mfa-invalid': ['retry'],
  'sts.mfa-serial': ['chooseDevice'],
  'sts.mfa-incomplete': ['chooseDevice'],
  'sts.duration-chaining': ['useHour'],
  'sts.duration-role-maximum': ['useHour'],
  'sts.parameter-invalid': ['editRole'],
  'sts.policy-malformed': ['editRole'],
  'sts.policy-too-large': ['editRole'],
  'sts.region-disabled': ['editRole'],
  'sts.key-unknown': ['showIdentities'],
  'sts.secret-wrong': ['showIdentities'],
  'sts.root-caller': ['showIdentities'],
  'sts.session-credentials': ['showIdentities'],
  'sts.session-expired': ['start', 'retry'],
  'sts.clock-slow': ['retry'],
  'sts.clock-fast': ['retry'],
  'sts.throttled': ['retry'],
  'aws.refused': ['retry'],
  'aws.unavailable': ['retry'],
  'console.refused': ['retry'],
  'network.unreachable': ['retry'],
  'network.timeout': ['retry'],
  'network.tls': ['retry'],
  'mfa.required': ['chooseDevice', 'retry'],
  'mfa.busy': ['retry'],
  'mfa.seed-not-found': ['showIdentities'],
  'mfa.command-not-found': ['showIdentities'],
  'mfa.command-failed': ['retry', 'showIdentities'],
  'mfa.command-timeout': ['retry', 'showIdentities'],
  'mfa.command-output': ['showIdentities'],
  'vault.locked': ['retry'],
  'vault.dismissed': ['retry'],
  'vault.wrong-passphrase': ['retry'],
  'vault.wait': ['retry'],
  'vault.damaged': ['retry'],
  'vault.replaced': ['retry'],
  'vault.missing': ['retry'],
  'vault.elsewhere': ['retry'],
  'vault.denied': ['retry'],
  'vault.timeout': ['retry'],
  'vault.failed': ['retry'],
  'vault.no-service': ['retry'],
  'vault.entry-lost': ['showIdentities'],
  'session.lapsed': ['start'],
  'session.not-found': ['start'],
  'session.busy': ['retry'],
  'sso.sign-in-needed': ['signIn', 'showIdentities'],
  'sso.no-access': ['showIdentities'],
  'sso.throttled': ['retry'],
  'chain.cycle': ['editRole'],
  'chain.missing-source': ['editRole'],
  'identity.not-found': ['editRole'],
  'profile.not-owned': ['takeOver', 'editRole'],
  'profile.in-use': ['editRole'],
  'profile.unsafe-name': ['editRole'],
  'file.locked': ['retry'],
  'file.changed': ['retry'],
  'file.permission': ['retry'],
  'file.disk-full': ['retry'],
  'file.unparsable': ['retry'],
  'store.locked': ['retry'],
  'store.unavailable': ['retry'],
  'input.invalid': ['editRole'],
  'agent.unavailable': ['retry'],
  'browser.unavailable': ['retry'],
  internal: ['retry'],
}

/** Codes about a vault that a person has to unlock: trying again is what asks for that. */
const UNLOCKS: readonly ErrorCode[] = ['vault.locked', 'vault.dismissed', 'vault.timeout']

export interface NextStep {
  readonly label: string
  readonly run: () => void
}

/** The steps that help with an error and that the screen can take, at most two. */
export function nextSteps(code: ErrorCode, can: NextStepHandlers): NextStep[] {
  return (STEPS[code] ?? [])
    .flatMap((step): NextStep[] => {
      const run = can[step]
      if (run === undefined) return []
      return [{ label: step === 'retry' && UNLOCKS.includes(code) ? strings.next.unlock : WORDS[step], run }]
    })
    .slice(0, 2)
}
