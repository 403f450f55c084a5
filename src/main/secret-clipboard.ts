/** Puts secrets on the clipboard for a while, and takes them off again unless something else is there by then. */
import { clipboard } from 'electron'

/** Seconds a copied secret stays. */
export const SECRET_CLIPBOARD_SECONDS = 30

export interface SecretClipboard {
  copy(secret: string): Promise<void>
  /** Takes a secret that is still there off at once, such as at quit. */
  clear(): Promise<void>
}

/** `seconds` is how long a secret stays. */
export function createSecretClipboard(seconds = SECRET_CLIPBOARD_SECONDS): SecretClipboard {
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
      current = secret
      timer = setTimeout(() => void clear(), seconds * 1000)
      await clipboard.writeText(secret)
    },
    clear,
  }
}
