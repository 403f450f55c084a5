/** How far two pictures of the same screen differ. */
import { decode } from 'fast-png'

/** Of 255, per channel: two renderings of the same edge may differ by less. */
const TOLERATED_DIFFERENCE = 32

/** Pixels, from the top left. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The share of pixels that differ, from 0 to 1, outside `ignored`. Pictures of different sizes differ wholly. */
export function differingShare(first: Uint8Array, second: Uint8Array, ignored: readonly Box[]): number {
  const [one, other] = [decode(first), decode(second)]
  if (one.width !== other.width || one.height !== other.height) return 1
  const skipped = new Uint8Array(one.width * one.height)
  for (const box of ignored) {
    const [left, right] = [Math.max(0, Math.floor(box.x)), Math.min(one.width, Math.ceil(box.x + box.width))]
    const [top, bottom] = [Math.max(0, Math.floor(box.y)), Math.min(one.height, Math.ceil(box.y + box.height))]
    for (let y = top; y < bottom; y += 1) skipped.fill(1, y * one.width + left, y * one.width + Math.max(left, right))
  }
  let compared = 0
  let different = 0
  for (let pixel = 0; pixel < skipped.length; pixel += 1) {
    if (skipped[pixel]) continue
    compared += 1
    for (let channel = 0; channel < 3; channel += 1) {
      const a = one.data[pixel * one.channels + channel] ?? 0
      const b = other.data[pixel * other.channels + channel] ?? 0
      if (Math.abs(a - b) > TOLERATED_DIFFERENCE) {
        different += 1
        break
      }
    }
  }
  return compared === 0 ? 1 : different / compared
}
