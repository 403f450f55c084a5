// A hunt that finds nothing proves something only if it would have found it.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { scanFolders, scanText } from '../../support/secret-scan.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYPLANTEDKEY'
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scan-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  ['plain', secret],
  ['utf-16', Buffer.from(secret, 'utf16le')],
  ['hex', Buffer.from(secret).toString('hex')],
  ['url', encodeURIComponent(secret)],
  ['inside JSON', JSON.stringify({ nested: JSON.stringify(secret) })],
])('finds a secret written as %s, deep in a folder', (_name, content) => {
  mkdirSync(join(folder, 'a/b'), { recursive: true })
  writeFileSync(
    join(folder, 'a/b/file'),
    Buffer.concat([Buffer.from('before '), Buffer.from(content), Buffer.from(' after')]),
  )
  expect(scanFolders([folder], { planted: secret }).hits.map((hit) => hit.secret)).toContain('planted')
})

it('finds base64 whatever stands around the secret', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 20 }), (before, after) => {
      const text = Buffer.concat([before, Buffer.from(secret), after]).toString('base64')
      expect(scanText('memory', text, { planted: secret })).not.toEqual([])
    }),
  )
})

it('finds nothing where nothing is, counts what it read and follows no link', () => {
  writeFileSync(join(folder, 'clean'), 'wJalrXUtnFEMI but not the rest')
  symlinkSync('/proc/self/environ', join(folder, 'link'))
  expect(scanFolders([folder], { planted: secret })).toEqual({ hits: [], filesRead: 1 })
})

it('refuses to hunt for something too short to mean anything', () => {
  expect(() => scanText('memory', 'x', { planted: 'short' })).toThrow('planted')
})
