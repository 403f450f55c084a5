/** What names suggest, and what they must not. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accountIdField, accountNameField } from '#shared/accounts.ts'
import { guessEnvironment } from '#shared/environment.ts'
import { profileLine, SHELLS } from '#shared/shell-line.ts'

it.each([
  ['acme-prod', 'prod'],
  ['PRD', 'prod'],
  ['live.eu', 'prod'],
  ['Production', 'prod'],
  ['acme_stg', 'staging'],
  ['stag', 'staging'],
  ['web-dev', 'dev'],
  ['sandbox 2', 'dev'],
  ['test', 'dev'],
  // The one closest to customers wins: better asked once too often.
  ['prod-test', 'prod'],
  ['product', null],
  ['delivery', null],
  ['contest', null],
  ['devices', null],
  ['acme-data', null],
  ['', null],
])('%s suggests %s', (name, environment) => {
  expect(guessEnvironment(name)).toBe(environment)
})

it('takes account ids as people copy them, and nothing else', () => {
  expect(accountIdField.parse(' 1234 5678-9012 ')).toBe('123456789012')
  for (const id of ['12345678901', '1234567890123', 'x23456789012', '']) {
    expect(accountIdField.safeParse(id).success).toBe(false)
  }
})

it('takes account names of one line', () => {
  expect(accountNameField.parse('  Acme – Prod ')).toBe('Acme – Prod')
  for (const name of ['', ' ', 'a\nb', 'a\u202eb', 'x'.repeat(65)])
    expect(accountNameField.safeParse(name).success).toBe(false)
})

it('has a line for each shell in which the profile stands as it is', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.@+/:%-]{0,30}$/)
  fc.assert(
    fc.property(name, fc.constantFrom(...SHELLS), (profile, shell) => {
      const line = profileLine(profile, shell)
      expect(line).toContain(profile)
      expect(line).toMatch(/AWS_PROFILE/)
      expect(line.split('\n')).toHaveLength(1)
    }),
  )
})
