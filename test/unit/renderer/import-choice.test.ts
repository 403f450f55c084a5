/** A role is never chosen without what it starts from. */
import { describe, expect, it } from 'vitest'
import type { ImportItem } from '#shared/import.ts'
import { choose, movable, plaintextKeys } from '../../../src/renderer/lib/import-choice.ts'

const item = (profile: string, more: Partial<ImportItem> = {}): ImportItem => ({
  profile,
  outcome: 'role',
  name: profile,
  accountId: null,
  accessKeyId: null,
  permissionSet: null,
  arn: null,
  from: null,
  mfa: false,
  plaintextKey: false,
  needs: [],
  notes: [],
  ...more,
})
const items = [
  item('key', { outcome: 'identity', accessKeyId: 'AKIA1', plaintextKey: true }),
  item('hub', { needs: ['key'] }),
  item('prod', { needs: ['key', 'hub'] }),
  item('copy', { outcome: 'identity', accessKeyId: 'AKIA1', plaintextKey: true, needs: ['key'] }),
  item('old', { outcome: 'known', accessKeyId: 'AKIA2', plaintextKey: true }),
  item('sso', { outcome: 'skipped' }),
]
const names = (chosen: ReadonlySet<string>) => [...chosen].sort()

describe('choosing', () => {
  it('takes along what it needs', () => {
    expect(names(choose(new Set(), items, 'prod', true))).toEqual(['hub', 'key', 'prod'])
  })
  it('takes out what needs it', () => {
    expect(names(choose(new Set(['key', 'hub', 'prod', 'copy']), items, 'hub', false))).toEqual(['copy', 'key'])
    expect(names(choose(new Set(['key', 'hub', 'prod', 'copy']), items, 'key', false))).toEqual([])
  })
})

it('counts each plaintext key once, and moves those that are chosen or known', () => {
  expect(plaintextKeys(items)).toBe(2)
  expect(movable(items, new Set()).map(({ profile }) => profile)).toEqual(['old'])
  expect(movable(items, new Set(['key'])).map(({ profile }) => profile)).toEqual(['key', 'old'])
})
