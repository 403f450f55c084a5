/** The moment the first list is on the screen: whatever can wait waits for it. */

let tell: () => void = () => {}
const shown = new Promise<void>((resolve) => {
  tell = resolve
})

/** Where there is no list to wait for. Milliseconds. */
const LONGEST = 3000

/** To be called in the frame that shows it. bench/app.bench.mjs looks for the mark. */
export function firstListShown(): void {
  performance.mark('roles-shown')
  tell()
}

/** Waits for the first list, and then until nothing better is to be done. */
export async function untilIdle(): Promise<void> {
  await Promise.race([shown, new Promise((resolve) => setTimeout(resolve, LONGEST))])
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 200 }))
}
