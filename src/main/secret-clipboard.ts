/** Puts secrets on the clipboard for a while, and takes them off again unless something else is there by then. */
import { clipboard } from 'electron'

export interface SecretClipboard {
  /** @returns how long it stays there, in seconds */
  copy(secret: string): Promise<number>
  /** Takes a secret that is still there off at once, such as at quit. */
  clear(): Promise<void>
}

/** `secondsNow` says how long a secret that is copied now stays. */
export function createSecretClipboard(secondsNow: () => number): SecretClipboard {
  let current: string | undefined
  let timer: NodeJS.Timeout | undefined

  async function clear(): Promise<void> {
    clearTimeout(timer)
    const copied = current
    current = undefined
    if (copied !== undefined && (await clipboard.readText()) === copied) await clipboard.writeText('')
  }

  return {
    async copy(secret) {
      clearTimeout(timer)
      const seconds = secondsNow()
      current = secret
      timer = setTimeout(() => void clear(), seconds * 1000)
      await clipboard.writeText(secret)
      return seconds
    },
    clear,
  }
}
