// The packaged binary's fuses: each is set on purpose, none left to a default that may change.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const config = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../electron-builder.json'), 'utf8'))

it('sets every fuse that Electron documents, to its safe side', () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  })
})

it('packs into an ASAR archive, which the integrity fuse needs', () => {
  expect(config.asar).toBe(true)
})
