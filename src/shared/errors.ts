/**
 * The one coded error that crosses every boundary of Hallpass: core to CLI, main to renderer, agent to client.
 * Codes are dotted, stable and part of the public contract; each maps to exactly one process exit code.
 */

/** Every error code with the exit code of the `hallpass` command (design §3). */
export const ERROR_EXIT_CODES = {
  // 1: unexpected, or outside Hallpass's power
  internal: 1,
  'file.permission': 1,
  'file.not-a-file': 1,
  'file.disk-full': 1,
  'file.unreadable': 1,
  'file.too-large': 1,
  'store.damaged': 1,
  'store.unavailable': 1,
  'browser.unavailable': 1,
  'mfa.command-failed': 1,
  'mfa.command-timeout': 1,
  'mfa.command-output': 1,
  'agent.unavailable': 1,
  // 2: the request itself is wrong
  'usage.invalid': 2,
  'input.invalid': 2,
  'identity.no-key': 2,
  'identity.no-session': 2,
  'chain.cycle': 2,
  'chain.partial-keys': 2,
  'chain.two-sources': 2,
  'chain.no-source': 2,
  'chain.invalid-source': 2,
  'console.not-supported': 2,
  'profile.unsafe-name': 2,
  'profile.ambiguous': 2,
  'csv.invalid': 2,
  'import.invalid': 2,
  'import.other-machine': 2,
  'catalogue.invalid': 2,
  'catalogue.secret': 2,
  'link.invalid': 2,
  'shortcut.invalid': 2,
  'practice.kept-apart': 2,
  'breakglass.confirm': 2,
  'kit.invalid': 2,
  'kit.wrong-key': 2,
  // 3: no such thing
  'identity.not-found': 3,
  'role.not-found': 3,
  'profile.not-found': 3,
  'chain.missing-source': 3,
  'profile.no-match': 3,
  'undo.nothing': 3,
  'session.not-found': 3,
  'exec.not-found': 3,
  'import.nothing-there': 3,
  'catalogue.not-found': 3,
  'file.not-found': 3,
  'mfa.seed-not-found': 3,
  'mfa.command-not-found': 3,
  'agent.not-running': 3,
  'activity.not-found': 3,
  'browser.not-found': 3,
  'breakglass.no-drill': 3,
  'breakglass.not-found': 3,
  'breakglass.nothing-inside': 3,
  // 4: AWS answered no
  'aws.refused': 4,
  'profile.no-credentials': 4,
  'sts.access-denied': 4,
  'sts.mfa-invalid': 4,
  'sts.mfa-serial': 4,
  'sts.mfa-incomplete': 4,
  'sts.duration-role-maximum': 4,
  'sts.duration-chaining': 4,
  'sts.parameter-invalid': 4,
  'sts.session-expired': 4,
  'sts.key-unknown': 4,
  'sts.secret-wrong': 4,
  'sts.clock-slow': 4,
  'sts.clock-fast': 4,
  'sts.session-credentials': 4,
  'sts.region-disabled': 4,
  'sts.root-caller': 4,
  'sts.policy-malformed': 4,
  'sts.policy-too-large': 4,
  'sts.throttled': 4,
  'console.refused': 4,
  'iam.denied': 4,
  'iam.name-taken': 4,
  'iam.limit': 4,
  'iam.password-policy': 4,
  'iam.not-found': 4,
  'iam.in-use': 4,
  'iam.wrong-codes': 4,
  'iam.principal-unknown': 4,
  'iam.conflict': 4,
  'iam.throttled': 4,
  'iam.invalid': 4,
  'sso.sign-in-denied': 4,
  'sso.registration-expired': 4,
  'sso.wrong-region': 4,
  'sso.request-invalid': 4,
  'sso.no-access': 4,
  'sso.throttled': 4,
  'rotation.slots-taken': 8,
  'rotation.nothing': 3,
  'rotation.not-yet': 4,
  // 5: the vault
  'vault.no-dbus': 5,
  'vault.no-service': 5,
  'vault.no-library': 5,
  'vault.locked': 5,
  'vault.dismissed': 5,
  'vault.denied': 5,
  'vault.entry-lost': 5,
  'vault.timeout': 5,
  'vault.unsupported': 5,
  'vault.failed': 5,
  'vault.wrong-passphrase': 5,
  'vault.wait': 5,
  'vault.damaged': 5,
  'vault.replaced': 5,
  'vault.missing': 5,
  'vault.elsewhere': 5,
  // … and the lock of the app
  'app.locked': 5,
  'unlock.refused': 5,
  // 6: the network
  'network.unreachable': 6,
  'network.timeout': 6,
  'network.tls': 6,
  'aws.unavailable': 6,
  // 7: a person is needed
  'mfa.required': 7,
  'input.required': 7,
  'session.lapsed': 7,
  'sso.sign-in-needed': 7,
  'sso.sign-in-expired': 7,
  'breakglass.sealed': 7,
  // 8: somebody else changed or holds it
  'name.taken': 8,
  'breakglass.in-drill': 8,
  'breakglass.still-open': 8,
  'practice.port-in-use': 8,
  'identity.key-known': 8,
  'mfa.seed-known': 8,
  'mfa.busy': 8,
  'record.in-use': 8,
  'profile.not-owned': 8,
  'sso.session-not-owned': 8,
  'sso.session-in-use': 8,
  'profile.in-use': 8,
  'undo.conflict': 8,
  'file.changed': 8,
  'file.locked': 8,
  'file.unparsable': 8,
  'store.locked': 8,
  'session.busy': 8,
  'store.newer': 8,
  'activity.broken': 8,
  'shortcut.taken': 8,
  'agent.running': 8,
  'agent.in-app': 8,
  // 9: the person said no
  cancelled: 9,
} as const

export type ErrorCode = keyof typeof ERROR_EXIT_CODES
export type ExitCode = (typeof ERROR_EXIT_CODES)[ErrorCode] | 0

/** What a boundary carries of an error: never a stack, never a secret. */
export interface ErrorReport {
  readonly code: ErrorCode
  /** What happened and, when known, why. One sentence or two, no trailing hint. */
  readonly message: string
  /** What to do next, as an instruction; absent when there is nothing useful to say. */
  readonly hint?: string
  /** What AWS or the OS said, word for word after redaction, for a "Details" view. */
  readonly details?: string
}

/**
 * A failure Hallpass understands. Throw this across module boundaries; anything else that reaches one is
 * reported as `internal`.
 */
export class HallpassError extends Error {
  override readonly name = 'HallpassError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly details: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string | undefined; details?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.details = options.details
  }

  /** The exit code of the `hallpass` command for this error. */
  get exitCode(): ExitCode {
    return ERROR_EXIT_CODES[this.code]
  }

  /** The plain form that boundaries carry. */
  toReport(): ErrorReport {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.details === undefined ? {} : { details: this.details }),
    }
  }

  /** Rebuilds an error on the far side of a boundary. */
  static fromReport(report: ErrorReport): HallpassError {
    return new HallpassError(report.code, report.message, { hint: report.hint, details: report.details })
  }
}

/** True when `error` is a HallpassError, optionally one with that code. */
export function isHallpassError(error: unknown, code?: ErrorCode): error is HallpassError {
  return error instanceof HallpassError && (code === undefined || error.code === code)
}
