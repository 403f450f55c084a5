/** The keychain on a machine that has a vault file as well: says where a secret is that the keychain does not have. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { FileVault } from './file/file-vault.ts'
import type { Vault } from './types.ts'

/** Never gives what is in the file: which vault is used is chosen, not found out. */
export function besideFile(keychain: Vault, file: Pick<FileVault, 'entries' | 'path'>): Vault {
  /** A file that can't be read tells nothing. */
  const isInFile = async (entry: string) => (await file.entries().catch(() => undefined))?.includes(entry) ?? false
  const inFile = () =>
    new HallpassError(
      'vault.elsewhere',
      `This secret is not in the keychain, which is the vault now, but in ${file.path}.`,
      {
        hint: 'Make the encrypted file the vault (hallpass vault init --file, or HALLPASS_VAULT=file), or store the secret again.',
      },
    )

  return {
    kind: keychain.kind,
    status: () => keychain.status(),
    put: (entry, secret) => keychain.put(entry, secret),
    async get(entry) {
      try {
        return await keychain.get(entry)
      } catch (error) {
        throw isHallpassError(error, 'vault.entry-lost') && (await isInFile(entry)) ? inFile() : error
      }
    },
    async remove(entry) {
      if (await isInFile(entry)) {
        // In the file alone: taken off the list it would be a secret that nobody knows of.
        await keychain.get(entry).catch((error: unknown) => {
          throw isHallpassError(error, 'vault.entry-lost') ? inFile() : error
        })
      }
      await keychain.remove(entry)
    },
  }
}
