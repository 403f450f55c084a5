/** What is new, out of the change log. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { compareVersions, newsSince, releasesOf } from '../../../src/renderer/lib/news.ts'

const changelog = `# Changes

## 0.10.0

- A \`command\` that is
  longer than a line.
- Another.

## [0.9.0] - 2026-01-02

* Old.
`

it('reads releases with their entries, without marks', () => {
  expect(releasesOf(changelog)).toEqual([
    { version: '0.10.0', entries: ['A command that is longer than a line.', 'Another.'] },
    { version: '0.9.0', entries: ['Old.'] },
  ])
})

describe('news', () => {
  it.each([
    ['0.9.0', '0.10.0', ['0.10.0']],
    ['0.8.0', '0.10.0', ['0.10.0', '0.9.0']],
    ['0.10.0', '0.10.0', []],
    // After going back to an older version there is nothing new.
    ['0.10.0', '0.9.0', []],
    ['0.8.0', '0.9.0', ['0.9.0']],
  ])('since %s in %s are %j', (seen, version, expected) => {
    expect(newsSince(changelog, seen, version).map((release) => release.version)).toEqual(expected)
  })
})

it('this version has entries in the change log that ships', () => {
  const shipped = readFileSync(resolve(import.meta.dirname, '../../../CHANGELOG.md'), 'utf8')
  const release = releasesOf(shipped).find(({ version }) => version === packageJson.version)
  expect(release?.entries.length).toBeGreaterThan(0)
  expect(compareVersions('0.10.0', '0.9.0')).toBeGreaterThan(0)
})
