import { describe, expect, it } from 'vitest'
import { linkInArguments, parseDeepLink } from '#core/desktop/deep-link.ts'
import { HallpassError } from '#shared/errors.ts'

function refusalOf(text: string): HallpassError {
  try {
    parseDeepLink(text)
  } catch (error) {
    if (error instanceof HallpassError) return error
    throw error
  }
  throw new Error(`${JSON.stringify(text)} was taken`)
}

describe('a link', () => {
  it.each([
    ['hallpass://role/prod-admin', { kind: 'role', name: 'prod-admin' }],
    ['hallpass://role/acme%20prod%2Fadmin', { kind: 'role', name: 'acme prod/admin' }],
    ['hallpass://role/dana@acme.example', { kind: 'role', name: 'dana@acme.example' }],
    ['hallpass://role/a+b', { kind: 'role', name: 'a+b' }],
    [`hallpass://role/${'%41'.repeat(64)}`, { kind: 'role', name: 'A'.repeat(64) }],
    ['hallpass://console/prod-admin', { kind: 'console', name: 'prod-admin', via: 'switch-role' }],
    ['hallpass://console/prod-admin?via=switch-role', { kind: 'console', name: 'prod-admin', via: 'switch-role' }],
    ['hallpass://console/prod-admin?via=sign-in', { kind: 'console', name: 'prod-admin', via: 'sign-in' }],
  ])('%s names something', (text, link) => {
    expect(parseDeepLink(text)).toEqual(link)
  })

  it.each([
    '',
    'hallpass:',
    'hallpass://',
    'hallpass://role',
    'hallpass://role/',
    'hallpass://role/a/',
    'hallpass://role/a/b',
    'hallpass://role//a',
    'hallpass://role/a?via=sign-in',
    'hallpass://role/a?start=now',
    'hallpass://role/a#now',
    'hallpass://role/a?',
    'hallpass://role/..',
    'hallpass://role/%2e%2e/console/a',
    'hallpass://console/a?via=',
    'hallpass://console/a?via=sign-in&via=switch-role',
    'hallpass://console/a?via=sign-in&destination=https://evil.test',
    'hallpass://console/a?VIA=sign-in',
    'hallpass://start/a',
    'hallpass://end/a',
    'hallpass://user:secret@role/a',
    'hallpass://role:80/a',
    'hallpass:/role/a',
    'hallpass:role/a',
    'HALLPASS://role/a',
    'https://role/a',
    ' hallpass://role/a',
    'hallpass://role/a ',
    'hallpass://role/a\n',
    'hallpass://role/a\nhallpass://role/b',
    'hallpass://role/a\0',
    'hallpass://role/a\u202eb',
    'hallpass://role/über',
    'hallpass://role/%c3%bc',
    'hallpass://role/%00',
    'hallpass://role/a%0d%0ab',
    'hallpass://role/%',
    'hallpass://role/%zz',
    'hallpass://role/%ff',
    'hallpass://role/%E2%80%AEnimda',
    'hallpass://role/%20a',
    'hallpass://role/a%20',
    'hallpass://role/-rf',
    'hallpass://role/--remote-debugging-port=1',
    'hallpass://role/$(id)',
    'hallpass://role/<img%20src=x>',
    `hallpass://role/${'a'.repeat(65)}`,
    `hallpass://role/${'a'.repeat(100_000)}`,
  ])('%j is refused', (text) => {
    expect(refusalOf(text).code).toBe('link.invalid')
  })

  it('is never repeated in what is said about it', () => {
    const { message, hint, details } = refusalOf('hallpass://role/Call%20555%201234%20now!')
    expect(`${message} ${hint} ${details}`).not.toMatch(/555|Call/)
  })
})

describe('arguments', () => {
  it('hold one link or none', () => {
    expect(linkInArguments(['/opt/Hallpass', '.', '--hidden'])).toBeUndefined()
    expect(linkInArguments(['/opt/Hallpass', '--original-process-start-time=1', 'hallpass://role/a'])).toBe(
      'hallpass://role/a',
    )
    // In any case, so that it is refused and not overlooked.
    expect(linkInArguments(['/opt/Hallpass', 'HALLPASS://role/a'])).toBe('HALLPASS://role/a')
  })

  it('is not the program itself', () => {
    expect(linkInArguments(['hallpass://role/a'])).toBeUndefined()
  })

  it('with several are refused', () => {
    const attempt = () => linkInArguments(['/opt/Hallpass', 'hallpass://role/dev', 'hallpass://role/prod'])
    expect(attempt).toThrow(expect.objectContaining({ code: 'link.invalid' }))
  })
})
