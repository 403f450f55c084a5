/** Roles are found by words of whatever a person knows of them. */
import { expect, it } from 'vitest'
import { findRoles } from '../../../src/cli/input/find-roles.ts'
import { makeRow } from '../../support/role-rows.ts'

const ROWS = [
  makeRow('billing', { accountName: 'Acme Live', environment: 'prod', roleName: 'ReadOnly' }),
  makeRow('ci', { accountId: '345678901234', roleName: 'Admin', from: 'deploy-bot', profile: 'pipeline' }),
  makeRow('Data-Eng', { environment: 'prod' }),
]

it.each([
  { words: [], names: ['billing', 'ci', 'Data-Eng'] },
  { words: ['', ' '], names: ['billing', 'ci', 'Data-Eng'] },
  { words: ['prod'], names: ['billing', 'Data-Eng'] },
  { words: ['PROD', 'acme'], names: ['billing'] },
  { words: ['prod acme'], names: ['billing'] },
  { words: ['01234'], names: ['ci'] },
  { words: ['deploy'], names: ['ci'] },
  { words: ['pipe', 'admin'], names: ['ci'] },
  { words: ['data-eng'], names: ['Data-Eng'] },
  { words: ['prod', 'pipeline'], names: [] },
  // Not across two parts.
  { words: ['liveprod'], names: [] },
])('$words', ({ words, names }) => {
  expect(findRoles(ROWS, words).map(({ name }) => name)).toEqual(names)
})
