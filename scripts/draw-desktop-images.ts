// Draws what the system shows for Hallpass, into resources/desktop: the tray's images, the environment bars of its menu
// and the badge of the Windows task bar. By hand, so that 16 pixels are 16 pixels: `node scripts/draw-desktop-images.ts`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { encode } from 'fast-png'

type Color = keyof typeof COLORS
/** Whether a point is inside. */
type Shape = (x: number, y: number) => boolean
type Layers = readonly (readonly [Shape, Color])[]

/** Middle tones, 3:1 and more on a white panel and on a dark one: nobody tells which of them the desktop has. */
const COLORS = {
  black: [0, 0, 0],
  white: [255, 255, 255],
  cobalt: [76, 120, 240],
  grey: [126, 131, 138],
  crimson: [226, 52, 104],
  amber: [184, 128, 20],
  green: [38, 148, 108],
  violet: [136, 106, 212],
} as const satisfies Record<string, readonly [number, number, number]>

/** Points taken in each direction of a pixel. */
const SAMPLES = 8

function disc(cx: number, cy: number, r: number): Shape {
  return (x, y) => (x - cx) ** 2 + (y - cy) ** 2 <= r * r
}

function box(left: number, top: number, right: number, bottom: number, r: number): Shape {
  return (x, y) => {
    const dx = Math.max(left + r - x, x - (right - r), 0)
    const dy = Math.max(top + r - y, y - (bottom - r), 0)
    return x >= left && x <= right && y >= top && y <= bottom && dx * dx + dy * dy <= r * r
  }
}

function any(...shapes: Shape[]): Shape {
  return (x, y) => shapes.some((shape) => shape(x, y))
}

function without(shape: Shape, hole: Shape): Shape {
  return (x, y) => shape(x, y) && !hole(x, y)
}

/** The edge of a shape, so wide. */
function rim(shape: Shape, width: number): Shape {
  const around = Array.from({ length: 24 }, (_, step) => (step / 24) * 2 * Math.PI)
  return (x, y) =>
    shape(x, y) && around.some((angle) => !shape(x + Math.cos(angle) * width, y + Math.sin(angle) * width))
}

/** From the 20 units of the product's mark to 16 pixels, in the given place. */
function placed(shape: Shape, left: number, width: number): Shape {
  return (x, y) => shape(((x - left) / width) * 20, 10 + ((y - 8) / width) * 20)
}

const ticket = without(box(2.2, 3.2, 17.8, 16.8, 1.8), any(disc(17.8, 10, 2.3), disc(2.2, 10, 2.3)))
const keyhole = any(disc(10, 8.2, 2), box(9, 8.2, 11, 13.8, 0.8))
const whole = placed(without(ticket, keyhole), -1.2, 18.4)
const hollow = any(placed(rim(ticket, 1.7), -1.2, 18.4), placed(keyhole, -1.2, 18.4))
/** Beside the bar of production, which is always at the leading edge. */
const beside = placed(without(ticket, keyhole), 2.6, 14.6)
const bar = box(0, 1, 3, 15, 1.5)

/** Name, and layers of shape and colour. `Template` in the name tells macOS to use the alpha alone. */
const IMAGES: Readonly<Record<string, Layers>> = {
  'tray-idle': [[hollow, 'grey']],
  'tray-live': [[whole, 'cobalt']],
  'tray-production': [
    [bar, 'crimson'],
    [beside, 'cobalt'],
  ],
  'tray-idle-Template': [[hollow, 'black']],
  'tray-live-Template': [[whole, 'black']],
  'tray-production-Template': [
    [bar, 'black'],
    [beside, 'black'],
  ],
  'env-prod': [[box(6, 2, 10, 14, 2), 'crimson']],
  'env-staging': [[any(box(6, 2, 10, 7, 1.5), box(6, 9, 10, 14, 1.5)), 'amber']],
  'env-dev': [[any(box(6, 2, 10, 5, 1.2), box(6, 6.5, 10, 9.5, 1.2), box(6, 11, 10, 14, 1.2)), 'green']],
  'env-other': [[rim(box(6, 2, 10, 14, 2), 1.1), 'violet']],
  'env-none': [[rim(box(6, 2, 10, 14, 2), 1.1), 'grey']],
  'badge-production': [
    [disc(8, 8, 8), 'crimson'],
    [box(6.5, 3, 9.5, 13, 1.5), 'white'],
  ],
}

/** Each image as a file name and its bytes, at one and at two pixels a unit. */
export function drawAll(): [name: string, bytes: Uint8Array][] {
  return Object.entries(IMAGES).flatMap(([name, layers]) =>
    [1, 2].map((scale): [string, Uint8Array] => [`${name}${scale === 1 ? '' : '@2x'}.png`, draw(layers, scale)]),
  )
}

/** @param scale pixels a unit */
function draw(layers: Layers, scale: number): Uint8Array {
  const size = 16 * scale
  const data = new Uint8Array(size * size * 4)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) data.set(pixel(layers, column, row, scale), (row * size + column) * 4)
  }
  return encode({ width: size, height: size, data, channels: 4, depth: 8 })
}

/** @returns red, green, blue and alpha of a pixel, the layers one over the other */
function pixel(layers: Layers, column: number, row: number, scale: number): number[] {
  let below = { color: [0, 0, 0], alpha: 0 }
  for (const [shape, color] of layers) {
    const cover = coverage(shape, column, row, scale)
    if (cover === 0) continue
    const alpha = cover + below.alpha * (1 - cover)
    const mixed = COLORS[color].map(
      (value, channel) => (value * cover + (below.color[channel] ?? 0) * below.alpha * (1 - cover)) / alpha,
    )
    below = { color: mixed, alpha }
  }
  return [...below.color, below.alpha * 255].map(Math.round)
}

function coverage(shape: Shape, column: number, row: number, scale: number): number {
  let inside = 0
  for (let sy = 0; sy < SAMPLES; sy++) {
    for (let sx = 0; sx < SAMPLES; sx++) {
      const x = (column + (sx + 0.5) / SAMPLES) / scale
      const y = (row + (sy + 0.5) / SAMPLES) / scale
      if (shape(x, y)) inside++
    }
  }
  return inside / SAMPLES ** 2
}

if (import.meta.main) {
  const folder = resolve(import.meta.dirname, '../resources/desktop')
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of drawAll()) writeFileSync(join(folder, name), bytes)
}
