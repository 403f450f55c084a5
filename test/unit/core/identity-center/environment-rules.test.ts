import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { environmentByRules, matchesGlob } from '#core/identity-center/index.ts'

describe('the environment of an account', () => {
  it('is by the person’s own rules, the first that fits', () => {
    const rules = [
      { pattern: '*/ReadOnly*', environment: 'other' },
      { pattern: 'acme-*', environment: 'prod' },
      { pattern: '*', environment: 'dev' },
    ] as const
    const by = (accountName: string, roleName: string) => environmentByRules({ accountName, roleName }, rules)
    expect(by('acme-1', 'ReadOnlyAccess')).toBe('other')
    expect(by('acme-1', 'Admin')).toBe('prod')
    expect(by('other', 'Admin')).toBe('dev')
    expect(environmentByRules({ accountName: 'acme-prod', roleName: 'Admin' }, [])).toBeNull()
  })
})

describe('a pattern', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['?', '', false],
    ['a*c', 'abbc', true],
    ['a*c', 'abcd', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['a?c', 'aéc', true],
    ['?', '😀', true],
    ['ABC', 'abc', true],
    ['[a-c]', 'b', false],
    ['.*', 'abc', false],
    ['a*b*c', 'a-b-b-c', true],
  ])('%j and %j: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected)
  })

  it('means what the same regular expression means', () => {
    const few = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 8 }).map((parts) => parts.join(''))
    const plain = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(few, plain, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        expect(matchesGlob(pattern, text)).toBe(expression.test(text))
      }),
    )
  })

  it('never holds up the program', () => {
    // As a regular expression this takes longer than anybody waits.
    expect(matchesGlob(`${'*a'.repeat(40)}*b`, 'a'.repeat(20_000))).toBe(false)
  })
})
