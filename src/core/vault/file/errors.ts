/** What can go wrong with the encrypted file, in its own words. */
import { HallpassError } from '#shared/errors.ts'

export function damaged(path: string): HallpassError {
  return new HallpassError('vault.damaged', `The vault file ${path} is damaged, or was changed by something else.`, {
    hint: 'Put a backup of it back. It was left as it is; hallpass vault init --file --replace keeps it aside and begins a new one.',
  })
}

export function fromTheFuture(path: string): HallpassError {
  return new HallpassError('vault.unsupported', `The vault file ${path} was written by a later version of Hallpass.`, {
    hint: 'Update Hallpass. Nothing was changed.',
  })
}

export function locked(): HallpassError {
  return new HallpassError('vault.locked', 'The encrypted file is locked.', {
    hint: 'Run hallpass vault unlock in a terminal, or set HALLPASS_PASSPHRASE.',
  })
}

/** @param seconds until another may be tried; 0 for at once */
export function wrongPassphrase(seconds: number): HallpassError {
  return new HallpassError('vault.wrong-passphrase', 'This is not the passphrase of the encrypted file.', {
    hint:
      seconds > 0
        ? `Try again in ${seconds} s. Nothing was changed.`
        : 'Check HALLPASS_PASSPHRASE, or what you typed. Nothing was changed.',
  })
}

export function mustWait(seconds: number): HallpassError {
  return new HallpassError(
    'vault.wait',
    `Too many wrong passphrases for the encrypted file: the next may be tried in ${seconds} s.`,
    { hint: 'Wait, then use the right one. An agent that is unlocked already is not held up.' },
  )
}

export function notThere(path: string): HallpassError {
  return new HallpassError('vault.missing', `There is no vault file ${path} yet.`, {
    hint: 'Make it with: hallpass vault init --file',
  })
}

export function gone(path: string): HallpassError {
  return new HallpassError('vault.missing', `The vault file ${path} is gone.`, {
    hint: 'Put it back, from a backup. If it is lost, begin a new one: hallpass vault init --file --replace',
  })
}

export function replaced(path: string, isOther: boolean): HallpassError {
  const what = isOther ? 'is another one than' : 'is older than'
  return new HallpassError('vault.replaced', `The vault file ${path} ${what} the one Hallpass used last.`, {
    hint: 'If you put a backup back yourself, say so with: hallpass vault accept. If not, somebody else did.',
  })
}

export function changedMeanwhile(path: string): HallpassError {
  return new HallpassError('file.changed', `Something else changed ${path} at the same moment.`, {
    hint: 'Try again.',
  })
}

/** An entry that Hallpass stored in the keychain. */
export function inKeychain(path: string): HallpassError {
  return new HallpassError(
    'vault.elsewhere',
    `This secret is in the keychain, and the vault now is the file ${path}.`,
    {
      hint: 'Store the secret again, or use the keychain: hallpass vault init --keychain, or HALLPASS_VAULT=keychain.',
    },
  )
}

/** An entry that was in the file, or in the one before it. */
export function lost(path: string): HallpassError {
  return new HallpassError('vault.entry-lost', `This secret is not in the vault file ${path}.`, {
    hint: 'It was in another state of the file: put that back, or enter the secret again. The record itself is kept.',
  })
}
