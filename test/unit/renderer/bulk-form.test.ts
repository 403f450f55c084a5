/** What the form for several roles sends, and how it says what that does. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roleChangesSchema } from '#shared/role-changes.ts'
import {
  type BulkFields,
  bulkChanges,
  changeLines,
  checkBulk,
  isUnchanged,
  leavingProduction,
  UNCHANGED,
} from '../../../src/renderer/lib/bulk-form.ts'
import { namesOf } from '../../../src/renderer/lib/several-roles.ts'
import { makeRow } from '../../support/role-rows.ts'

const ROLES = [makeRow('one'), makeRow('two', { profileMode: 'static', environment: 'prod' })]
const fields = (more: Partial<BulkFields>): BulkFields => ({ ...UNCHANGED, ...more })

describe('editing several roles', () => {
  it('sends nothing that was left', () => {
    expect(isUnchanged(UNCHANGED)).toBe(true)
    expect(bulkChanges(fields({ renewal: 'lapse' }), ROLES)).toEqual([
      { name: 'one', edit: { autoRenew: false } },
      { name: 'two', edit: { autoRenew: false } },
    ])
    // What stands in a field that is not in force is not sent either.
    expect(bulkChanges(fields({ region: 'eu-west-1', duration: '2h', renewal: 'renew' }), ROLES)[0]).toEqual({
      name: 'one',
      edit: { autoRenew: null },
    })
  })

  it('clears with null, and sets what was typed', () => {
    const all = {
      regionChoice: 'set',
      region: ' eu-west-1 ',
      durationChoice: 'default',
      environment: 'account',
    } as const
    expect(bulkChanges(fields(all), ROLES)[0]?.edit).toEqual({
      region: 'eu-west-1',
      durationSeconds: null,
      environment: null,
    })
    expect(bulkChanges(fields({ durationChoice: 'set', duration: '2h' }), ROLES)[0]?.edit).toEqual({
      durationSeconds: 7200,
    })
  })

  it('writes profiles only where there is none, and leaves the mode of others alone', () => {
    expect(bulkChanges(fields({ written: 'write' }), ROLES)).toEqual([
      { name: 'one', edit: {}, written: { mode: 'process' } },
      { name: 'two', edit: {} },
    ])
    expect(bulkChanges(fields({ written: 'stop' }), ROLES).map(({ written }) => written)).toEqual([null, null])
  })

  it('says what is wrong before anything is sent', () => {
    expect(checkBulk(fields({ regionChoice: 'set', region: 'here' }))).toMatchObject({ region: expect.any(String) })
    expect(checkBulk(fields({ durationChoice: 'set' }))).toMatchObject({ duration: expect.any(String) })
    expect(checkBulk(fields({ durationChoice: 'set', duration: '13h' }))?.duration).toContain('12 hours')
    expect(checkBulk(fields({ region: 'here', duration: 'long' }))).toBeNull()
  })

  it('makes changes that the contract takes, whatever is chosen', () => {
    const drawn = fc.record<BulkFields>({
      written: fc.constantFrom('leave', 'write', 'stop'),
      regionChoice: fc.constantFrom('leave', 'default', 'set'),
      region: fc.constantFrom('eu-west-1', ' us-gov-west-1 '),
      durationChoice: fc.constantFrom('leave', 'default', 'set'),
      duration: fc.constantFrom('900', '1h', '12h'),
      environment: fc.constantFrom('leave', 'account', 'prod', 'dev'),
      renewal: fc.constantFrom('leave', 'renew', 'lapse'),
    })
    fc.assert(
      fc.property(drawn, (chosen) => {
        expect(checkBulk(chosen)).toBeNull()
        expect(roleChangesSchema.safeParse(bulkChanges(chosen, ROLES)).success).toBe(true)
      }),
    )
  })

  it('is told in lines that count what really changes', () => {
    const chosen = fields({ regionChoice: 'set', region: 'eu-west-1', environment: 'dev', written: 'write' })
    const plan = {
      roles: [
        { name: 'one', fields: ['region' as const, 'environment' as const, 'written' as const] },
        { name: 'two', fields: ['environment' as const] },
      ],
      ends: [],
      diff: '',
    }
    expect(changeLines(chosen, plan)).toEqual([
      'AWS profile: written for 1 role',
      'Region: eu-west-1 for 1 role',
      'Environment: Sandbox for 2 roles',
    ])
    expect(leavingProduction(chosen, ROLES).map(({ name }) => name)).toEqual(['two'])
    expect(leavingProduction(fields({ environment: 'prod' }), ROLES)).toEqual([])
  })
})

it('names a few and counts the rest', () => {
  expect(namesOf([makeRow('a'), makeRow('b')])).toBe('a, b')
  expect(
    namesOf(
      ['a', 'b', 'c'].map((name) => ({ name })),
      2,
    ),
  ).toBe('a, b, and 1 more')
})
