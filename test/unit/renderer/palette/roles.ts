/** Roles for the palette's tests. */
import fc from 'fast-check'
import type { RoleRow } from '#shared/role-list.ts'
import { makeRow } from '../../../support/role-rows.ts'

export function row(name: string, more: Partial<RoleRow> = {}): RoleRow {
  const accountId = '111122223333'
  return makeRow(name, { arn: `arn:aws:iam::${accountId}:role/${name}`, accountId, from: 'dana', ...more })
}

const word = fc.constantFrom('acme', 'prod', 'admin', 'ReadOnly', 'deploy', 'a', 'data')
export const anyRow: fc.Arbitrary<RoleRow> = fc
  .record({
    name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('-')),
    accountName: fc.option(word),
    accountId: fc.constantFrom('111122223333', '444455556666'),
    roleName: word,
    profile: word,
    from: fc.constantFrom('dana', 'deploy-bot'),
    environment: fc.constantFrom('prod', 'dev', null),
    pinned: fc.boolean(),
    state: fc.constantFrom('inactive', 'active'),
  })
  .map(({ name, ...more }) => row(name, more as Partial<RoleRow>))
/** Names are unique, as in the store. */
export const anyRows = fc.uniqueArray(anyRow, { selector: ({ name }) => name, maxLength: 25 })
export const anyQuery = fc.string({ unit: fc.constantFrom(...'acdeoprt13 '), maxLength: 7 })
