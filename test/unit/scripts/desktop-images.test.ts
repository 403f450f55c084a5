// The images the system shows are what the script draws, and are packed.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { decode } from 'fast-png'
import { expect, it } from 'vitest'
import { drawAll } from '../../../scripts/draw-desktop-images.ts'

const root = resolve(import.meta.dirname, '../../..')
const folder = join(root, 'resources/desktop')
const drawn = drawAll()

it.each(drawn)('%s is as drawn', (name, bytes) => {
  const stored = decode(readFileSync(join(folder, name)))
  expect(stored.data).toEqual(decode(bytes).data)
  const size = name.includes('@2x') ? 32 : 16
  expect([stored.width, stored.height]).toEqual([size, size])
})

it('are all there, and no others', () => {
  expect(readdirSync(folder).sort()).toEqual(drawn.map(([name]) => name).sort())
})

it.each(drawn.filter(([name]) => name.includes('Template')))('%s is black, for macOS to colour', (_name, bytes) => {
  const { data } = decode(bytes)
  const colours = data.filter((_value, index) => index % 4 !== 3)
  expect(Math.max(...colours)).toBe(0)
})

it('are in the package', () => {
  const { files } = JSON.parse(readFileSync(join(root, 'electron-builder.json'), 'utf8')) as { files: string[] }
  expect(files).toContain('resources/desktop/**')
})
