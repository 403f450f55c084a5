/**
 * Turns what keytar says into coded errors whose hint fits the OS in use. The raw texts are those of libsecret and
 * GDBus, of macOS's SecCopyErrorMessageString and of Windows's FormatMessage; on a Windows in another language, where
 * they can't be recognised, the code is `vault.failed` with the text as details.
 */
import { type ErrorCode, HallpassError } from '#shared/errors.ts'
import { redact } from '../redact.ts'

export type VaultErrorCode = Extract<ErrorCode, `vault.${string}`>

const PATTERNS: readonly (readonly [VaultErrorCode, RegExp])[] = [
  ['vault.no-library', /failed to load keytar|libsecret|cannot find (?:module|package) 'keytar'|ERR_DLOPEN_FAILED/i],
  // Before those below: a refusal may name the bus and the service.
  [
    'vault.denied',
    /access ?(?:is |was )?denied|user denied|passphrase you entered is not correct|errSecAuthFailed|entitlement isn.t present|write permissions? error|-25293/i,
  ],
  // A service that can't be reached or started. Before the D-Bus patterns, whose words it partly shares.
  [
    'vault.no-service',
    /org\.freedesktop\.secrets|not provided by any \.service files|serviceunknown|namehasnoowner|message recipient disconnected|remote peer disconnected|no such secret service/i,
  ],
  [
    'vault.no-dbus',
    /d-?bus|could not connect|connection refused|the connection is closed|underlying gio(?:stream|channel)|exhausted all available authentication mechanisms|address .*(?:malformed|unsupported|is empty|does not contain)|unknown or unsupported transport/i,
  ],
  ['vault.dismissed', /user cancel+ed|was dismissed|prompt dismissed|operation was cancel+ed/i],
  ['vault.locked', /locked collection|is locked|interaction is (?:not allowed|required)/i],
  [
    'vault.no-service',
    /no keychain is available|(?:default )?keychain could not be found|logon session does not exist|credential manager/i,
  ],
]

/** The coded form of a raw failure of the keychain; a HallpassError is passed through. */
export function classifyVaultError(error: unknown, platform: NodeJS.Platform): HallpassError {
  if (error instanceof HallpassError) return error
  const raw = error instanceof Error ? error.message : String(error)
  const code = PATTERNS.find(([, pattern]) => pattern.test(raw))?.[0] ?? 'vault.failed'
  return vaultError(code, platform, { details: raw, cause: error })
}

interface Wording {
  readonly message: string
  readonly hint: string
}

interface WordingByPlatform {
  readonly linux: Wording
  readonly darwin?: Wording
  readonly win32?: Wording
}

const KEYCHAIN: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'the macOS keychain',
  win32: 'Windows Credential Manager',
}

/** How the keychain of that OS is called in a sentence. */
export function keychainName(platform: NodeJS.Platform): string {
  return KEYCHAIN[platform] ?? 'the keyring'
}

const WORDING: Partial<Record<VaultErrorCode, WordingByPlatform>> = {
  'vault.no-library': {
    linux: {
      message: 'The keyring library could not be loaded.',
      hint: 'Install libsecret (Debian, Ubuntu: libsecret-1-0; Fedora, Arch: libsecret), then try again. For a machine without a keyring: hallpass vault init --file',
    },
    darwin: {
      message: 'The part of Hallpass that talks to the macOS keychain could not be loaded.',
      hint: 'Install Hallpass again, in the build for this Mac’s processor.',
    },
    win32: {
      message: 'The part of Hallpass that talks to Windows Credential Manager could not be loaded.',
      hint: 'Install Hallpass again, and check that security software has not removed keytar.node.',
    },
  },
  'vault.no-dbus': {
    linux: {
      message: 'The keyring can’t be reached: there is no D-Bus session bus here.',
      hint: 'Run Hallpass in a desktop session. On a machine without a keyring, keep keys in an encrypted file: hallpass vault init --file',
    },
  },
  'vault.no-service': {
    linux: {
      message: 'No keyring service is running: nothing answers for org.freedesktop.secrets.',
      hint: 'Install and start gnome-keyring, KWallet or KeePassXC with its Secret Service switched on, then try again. On a machine without a keyring, keep keys in an encrypted file: hallpass vault init --file',
    },
    darwin: {
      message: 'macOS has no default keychain for this user.',
      hint: 'Open Keychain Access and restore the login keychain (`security default-keychain` shows which is set).',
    },
    win32: {
      message: 'Windows Credential Manager is not available in this sign-in session.',
      hint: 'Run Hallpass in a desktop session, not in a remote shell or as a service, and check that the Credential Manager service runs.',
    },
  },
  'vault.locked': {
    linux: {
      message: 'The keyring is locked, and nothing here could unlock it.',
      hint: 'Unlock the default keyring (signing in to the desktop does, or “Passwords and Keys”), then try again. Nothing was changed.',
    },
    darwin: {
      message: 'The macOS keychain is locked, and macOS may not ask for its password here.',
      hint: 'Unlock it with `security unlock-keychain`, or run Hallpass from a desktop session. Nothing was changed.',
    },
    win32: {
      message: 'Windows Credential Manager is locked.',
      hint: 'Sign in to Windows again, then retry. Nothing was changed.',
    },
  },
  'vault.dismissed': {
    linux: {
      message: 'The prompt to unlock the keyring was closed without a password.',
      hint: 'Try again and enter the keyring’s password, which usually is that of your login. Nothing was changed.',
    },
    darwin: {
      message: 'The macOS keychain prompt was closed or answered with “Deny”.',
      hint: 'Try again and choose “Always Allow” for Hallpass. Nothing was changed.',
    },
  },
  'vault.denied': {
    linux: {
      message: 'The keyring refused Hallpass access.',
      hint: 'Allow Hallpass in the keyring’s settings (in a sandbox such as Flatpak or Snap: give it the password-manager permission), then try again.',
    },
    darwin: {
      message: 'The macOS keychain refused Hallpass access.',
      hint: 'In Keychain Access, open the entry “Hallpass”, and under Access Control allow Hallpass. Nothing was changed.',
    },
    win32: {
      message: 'Windows refused Hallpass access to Credential Manager.',
      hint: 'Check that no policy forbids storing credentials (“Network access: Do not allow storage of passwords and credentials”), then try again.',
    },
  },
  'vault.timeout': {
    linux: {
      message: 'The keyring did not answer in time.',
      hint: 'Look for a keyring prompt waiting behind another window. If there is none, restart the keyring service or sign in again. Nothing is lost.',
    },
    darwin: {
      message: 'The macOS keychain did not answer in time.',
      hint: 'Look for a keychain prompt waiting behind another window and answer it, then try again. Nothing is lost.',
    },
    win32: {
      message: 'Windows Credential Manager did not answer in time.',
      hint: 'Restart the Credential Manager service (VaultSvc), then try again. Nothing is lost.',
    },
  },
  'vault.entry-lost': {
    linux: {
      message: 'The keyring no longer has a secret that Hallpass stored there.',
      hint: 'It was deleted outside Hallpass, or the keyring was replaced: restore the keyring, or enter the secret again. The record itself is kept.',
    },
    darwin: {
      message: 'The macOS keychain no longer has a secret that Hallpass stored there.',
      hint: 'It was deleted outside Hallpass, or the keychain was reset: restore the keychain, or enter the secret again. The record itself is kept.',
    },
    win32: {
      message: 'Windows Credential Manager no longer has a secret that Hallpass stored there.',
      hint: 'It was deleted outside Hallpass: enter the secret again. The record itself is kept.',
    },
  },
  'vault.failed': {
    linux: {
      message: 'The keyring failed for a reason Hallpass does not know.',
      hint: 'See the details. Restarting the keyring service or signing in again often helps. Nothing was changed.',
    },
    darwin: {
      message: 'The macOS keychain failed for a reason Hallpass does not know.',
      hint: 'See the details. Locking and unlocking the login keychain in Keychain Access often helps. Nothing was changed.',
    },
    win32: {
      message: 'Windows Credential Manager failed for a reason Hallpass does not know.',
      hint: 'See the details. Signing in to Windows again often helps. Nothing was changed.',
    },
  },
}

/** The error of that code in the words of that OS. `about` goes to the details: never a secret. */
export function vaultError(
  code: VaultErrorCode,
  platform: NodeJS.Platform,
  about: { details?: string; cause?: unknown } = {},
): HallpassError {
  const byPlatform = WORDING[code] ?? WORDING['vault.failed']
  const wording =
    (platform === 'darwin' || platform === 'win32' ? byPlatform?.[platform] : undefined) ?? byPlatform?.linux
  return new HallpassError(code, wording?.message ?? 'The keychain failed.', {
    hint: wording?.hint,
    details: about.details === undefined ? undefined : redact(about.details),
    cause: about.cause,
  })
}
