import { type BitDepth, encode } from 'fast-png'
import encodeQr from 'qr'
import { describe, expect, it } from 'vitest'
import { readQrImage } from '#core/mfa/qr-file.ts'
import { type Colour, drawQr } from '../../../support/draw-qr.ts'

const URI =
  'otpauth://totp/Amazon%20Web%20Services:dana@acme?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=Amazon%20Web%20Services'

const KINDS: [name: string, channels: number, depth: BitDepth, dark: Colour, light: Colour][] = [
  ['grey', 1, 8, [0], [255]],
  ['grey of 16 bits', 1, 16, [0], [65_535]],
  ['grey with alpha', 2, 8, [0, 255], [0, 0]],
  ['colour', 3, 8, [35, 47, 62], [255, 255, 255]],
  ['dark on see-through', 4, 8, [0, 0, 0, 255], [0, 0, 0, 0]],
]

describe('readQrImage', () => {
  it.each(KINDS)('reads a code in %s', (_name, channels, depth, dark, light) => {
    expect(readQrImage(drawQr(URI, channels, depth, dark, light))).toBe(URI)
  })

  it.each([1, 2, 4] as const)('reads a code in grey of %i bits', (depth) => {
    const modules = encodeQr(URI, 'raw', { scale: 4, border: 4 })
    const size = modules.length
    const perByte = 8 / depth
    const row = Math.ceil(size / perByte)
    const data = new Uint8Array(row * size)
    for (const [y, line] of modules.entries()) {
      for (const [x, isDark] of line.entries()) {
        const place = y * row + Math.floor(x / perByte)
        const white = isDark ? 0 : 2 ** depth - 1
        data[place] = (data[place] ?? 0) | (white << (8 - depth * ((x % perByte) + 1)))
      }
    }
    expect(readQrImage(encode({ width: size, height: size, data, depth, channels: 1 }))).toBe(URI)
  })

  it('refuses a picture without a code', () => {
    const data = new Uint8Array(100 * 100 * 3).fill(200)
    const picture = encode({ width: 100, height: 100, data, depth: 8, channels: 3 })
    expect(() => readQrImage(picture)).toThrow(/no QR code/)
  })

  it.each([
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')],
    ['nothing', Buffer.alloc(0)],
    ['the first bytes of a PNG', Buffer.from('89504e470d0a1a0a', 'hex')],
  ])('refuses %s', (_what, bytes) => {
    expect(() => readQrImage(bytes)).toThrow(/no PNG image/)
  })

  it('refuses a damaged PNG, and one that claims to be huge before unpacking it', () => {
    const whole = Buffer.from(drawQr(URI))
    expect(() => readQrImage(whole.subarray(0, 60))).toThrow(/damaged/)
    whole.writeUInt32BE(50_000, 16)
    whole.writeUInt32BE(50_000, 20)
    expect(() => readQrImage(whole)).toThrow(/too large/)
  })
})
