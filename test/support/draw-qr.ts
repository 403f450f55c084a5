/** Pictures of QR codes, as people have them. */
import { type BitDepth, encode } from 'fast-png'
import encodeQr from 'qr'

/** One value for each channel. */
export type Colour = readonly number[]

/** A page with a QR code in the middle of it, as PNG; black on white in grey when nothing else is said. */
export function drawQr(
  text: string,
  channels = 1,
  depth: BitDepth = 8,
  dark: Colour = [0],
  light: Colour = [255],
): Uint8Array {
  const modules = encodeQr(text, 'raw', { scale: 3, border: 4 })
  const margin = 60
  const size = modules.length + 2 * margin
  const data = depth === 16 ? new Uint16Array(size * size * channels) : new Uint8Array(size * size * channels)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      data.set(modules[y - margin]?.[x - margin] ? dark : light, (y * size + x) * channels)
    }
  }
  return encode({ width: size, height: size, data, depth, channels })
}
