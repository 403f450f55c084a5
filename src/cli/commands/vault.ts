/** Where long-term keys are, and opening and locking it. */
import type { CommandDescriptor } from '../descriptor.ts'

const load = async () => import('../handlers/vault.ts')

export const VAULT_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['vault', 'status'],
    summary: 'say which vault is in use, and whether it is open',
    json: true,
    examples: [{ run: 'hallpass vault status', does: 'Keychain or encrypted file, and what is in it' }],
    load: async () => (await import('../handlers/vault-status.ts')).vaultStatus,
  },
  {
    path: ['vault', 'init'],
    summary: 'choose the vault, and make the encrypted file',
    description:
      'The encrypted file is for machines without a keychain: servers, containers, WSL. It is never used unless chosen, ' +
      'here or with HALLPASS_VAULT=file. The passphrase is HALLPASS_PASSPHRASE, typed, or a line on standard input. ' +
      'Secrets are not moved from one vault to the other.',
    options: [
      { flags: '--file', summary: 'make the encrypted file the vault' },
      { flags: '--keychain', summary: 'make the keychain of the operating system the vault' },
      { flags: '--replace', summary: 'keep a vault file that is there aside, and begin a new one' },
    ],
    json: true,
    examples: [
      { run: 'hallpass vault init --file', does: 'Choose a passphrase, and keep keys in an encrypted file' },
      { run: 'hallpass vault init --keychain', does: 'Back to the keychain' },
    ],
    load: async () => (await load()).vaultInit,
  },
  {
    path: ['vault', 'change-passphrase'],
    summary: 'give the encrypted file another passphrase',
    description:
      'The present one is HALLPASS_PASSPHRASE, or typed; the new one is typed twice, or a line on standard input. Copies ' +
      'of the file from before still open with the old one.',
    json: true,
    examples: [{ run: 'hallpass vault change-passphrase', does: 'Asks for the old one and the new one' }],
    load: async () => (await load()).vaultChangePassphrase,
  },
  {
    path: ['vault', 'unlock'],
    summary: 'have the agent hold the encrypted file open for a time',
    description:
      'Needs an agent: hallpass agent, or the app. While it holds the file open, no command and no AWS tool needs the ' +
      'passphrase. The passphrase is HALLPASS_PASSPHRASE, or typed.',
    options: [{ flags: '--for <time>', summary: 'how long, such as 30m or 8h; 8h when left out, a week at most' }],
    json: true,
    examples: [{ run: 'hallpass vault unlock --for 8h', does: 'Open for a working day' }],
    load: async () => (await load()).vaultUnlock,
  },
  {
    path: ['vault', 'lock'],
    summary: 'have the agent forget the key of the encrypted file',
    json: true,
    examples: [{ run: 'hallpass vault lock', does: 'From now on the passphrase is needed again' }],
    load: async () => (await load()).vaultLock,
  },
  {
    path: ['vault', 'accept'],
    summary: 'take a vault file that you put back from a backup',
    description:
      'Hallpass refuses a vault file that is older than the one it used last, until you say that it was you.',
    json: true,
    examples: [{ run: 'hallpass vault accept', does: 'Go on with the file that is there' }],
    load: async () => (await load()).vaultAccept,
  },
]
