/** The text of the QR code in a PNG file, such as a screenshot of the page where AWS shows a new MFA device. */
import { convertIndexedToRgb, type DecodedPng, decode as decodePng, hasPngSignature } from 'fast-png'
import decodeQr, { type Image } from 'qr/decode.js'
import { HallpassError } from '#shared/errors.ts'
import { readSmallFile } from '../small-file.ts'

const LARGEST_FILE = 20 * 1024 * 1024
/** A screen of 8K has 33 million; each takes four bytes to decode. */
const MOST_PIXELS = 40_000_000
/** Where a PNG says how large it is: width and height, each of four bytes. */
const SIZE_OFFSET = 16
/** For a screenshot with much else on it. Milliseconds. */
const SEARCH_MS = 2000

/** @throws `file.*`; `input.invalid` when it is no PNG or shows no QR code */
export async function readQrFile(path: string): Promise<string> {
  return readQrImage(await readSmallFile(path, LARGEST_FILE))
}

/** @throws `input.invalid` */
export function readQrImage(bytes: Uint8Array): string {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SIZE_OFFSET + 8))
  if (!hasPngSignature(bytes.subarray(0, 8)) || header.length < SIZE_OFFSET + 8) {
    throw invalid('This is no PNG image.', 'Give a PNG, such as a screenshot.')
  }
  // Before anything is unpacked: a few bytes can claim to be a picture that fills the memory.
  if (header.readUInt32BE(SIZE_OFFSET) * header.readUInt32BE(SIZE_OFFSET + 4) > MOST_PIXELS) {
    throw invalid('This image is too large.', 'Cut it down to the QR code.')
  }
  let image: Image
  try {
    image = toRgba(decodePng(bytes))
  } catch (cause) {
    throw invalid('This PNG image is damaged.', 'Take the screenshot again.', cause)
  }
  try {
    return decodeQr(image, { timeLimit: SEARCH_MS })
  } catch (cause) {
    throw invalid(
      'There is no QR code to be read in this image.',
      'Cut the image down to the code, or give the secret key as text.',
      cause,
    )
  }
}

/** On white, as a page shows it: see-through parts of a code are its light ones. */
function toRgba(png: DecodedPng): Image {
  const { width, height } = png
  // Pixels of less than a byte are unpacked like indexes: greys are a palette of their own.
  const palette = png.palette ?? (png.depth < 8 ? greys(2 ** png.depth) : undefined)
  const channels = palette?.[0]?.length ?? png.channels
  const source = palette ? convertIndexedToRgb({ ...png, palette }) : png.data
  const highest = !palette && png.depth === 16 ? 65_535 : 255
  const value = (pixel: number, channel: number) => (source[pixel * channels + channel] ?? 0) / highest
  const data = new Uint8Array(width * height * 4)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = channels % 2 === 0 ? value(pixel, channels - 1) : 1
    for (let channel = 0; channel < 3; channel++) {
      data[pixel * 4 + channel] = 255 * (value(pixel, channels < 3 ? 0 : channel) * alpha + 1 - alpha)
    }
    data[pixel * 4 + 3] = 255
  }
  return { width, height, data }
}

function greys(count: number): number[][] {
  return Array.from({ length: count }, (_, index) => new Array<number>(3).fill((255 * index) / (count - 1)))
}

function invalid(message: string, hint: string, cause?: unknown): HallpassError {
  return new HallpassError('input.invalid', message, { hint, cause })
}
