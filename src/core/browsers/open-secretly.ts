/**
 * Opens a secret link in a browser whose command line every user of the machine can read: the browser is given the
 * address of a hand-over (hand-over.ts). A browser that had to be started keeps its command line for as long as it runs.
 */
import { HallpassError } from '#shared/errors.ts'
import { HAND_OVER_MS, startHandOver } from './hand-over.ts'

export interface SecretOpening {
  /** As it begins a sentence. */
  readonly browser: string
  /** What to do when it does not fetch the link. */
  readonly hint: string
  /** How long it has for that. Milliseconds. */
  readonly handOverMs?: number
}

/**
 * Ends once the browser has the link.
 * @param open opens an address; `enough` is settled when it need not be waited for any longer
 * @throws `browser.unavailable` when nobody fetched it in time, and what `open` throws
 */
export async function openSecretly(
  link: string,
  open: (url: string, enough: Promise<unknown>) => Promise<unknown>,
  { browser, hint, handOverMs = HAND_OVER_MS }: SecretOpening,
): Promise<void> {
  const handOver = await startHandOver(link, { lifetimeMs: handOverMs })
  try {
    await open(handOver.url, handOver.taken)
    if (await handOver.taken) return
    const message = `${browser} did not fetch the sign-in link within ${handOverMs / 1000} s, and it is void.`
    throw new HallpassError('browser.unavailable', message, { hint })
  } finally {
    handOver.close()
  }
}

/**
 * Whether the system's browser is that of Windows, outside of this Linux: it reaches a hand-over, if at all, through a
 * relay of another user's, and has to be given the link itself.
 */
export function isBrowserOutside({ WSL_DISTRO_NAME }: Readonly<Record<string, string | undefined>>): boolean {
  return WSL_DISTRO_NAME !== undefined
}
