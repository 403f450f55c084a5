// The forms of Identity Center: what is refused, what goes to main, and what a role would be called.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newCenterIdentitySchema } from '#shared/identities.ts'
import { discoveryChoicesSchema } from '#shared/identity-center.ts'
import {
  addRule,
  checkCenter,
  checkDiscovery,
  choicesOf,
  type DiscoveryFields,
  discoveryFields,
  exampleName,
  newCenter,
} from '../../../src/renderer/lib/center-form.ts'

const FIELDS = { name: ' corp ', startUrl: ' https://d-1234567890.awsapps.com/start/ ', ssoRegion: ' eu-west-1 ' }
const EMPTY = 'A pattern is needed.'

describe('a new sign-in', () => {
  it('is sent without the blanks around it; the slash at its end stays, since AWS tools tell it apart', () => {
    expect(checkCenter(FIELDS, ['dana'])).toBeNull()
    const sent = { name: 'corp', startUrl: 'https://d-1234567890.awsapps.com/start/', ssoRegion: 'eu-west-1' }
    expect(newCenter(FIELDS)).toEqual(sent)
    expect(newCenterIdentitySchema.parse(newCenter(FIELDS))).toEqual(sent)
  })

  it.each([
    ['name', { name: '' }],
    ['name', { name: 'Dana' }],
    ['startUrl', { startUrl: '' }],
    ['startUrl', { startUrl: 'd-1234567890.awsapps.com/start' }],
    ['startUrl', { startUrl: 'http://d-1234567890.awsapps.com/start' }],
    ['startUrl', { startUrl: 'https://me:secret@d-1234567890.awsapps.com/start' }],
    ['startUrl', { startUrl: 'javascript:alert(1)' }],
    ['ssoRegion', { ssoRegion: '' }],
    ['ssoRegion', { ssoRegion: 'Ireland' }],
  ])('is refused for its %s: %o', (field, change) => {
    expect(Object.keys(checkCenter({ ...FIELDS, ...change }, ['dana']) ?? {})).toEqual([field])
  })

  it('never sends what main would refuse', () => {
    const name = fc.stringMatching(/^ ?[A-Za-z][A-Za-z0-9 .-]{0,70}$/)
    const startUrl = fc.oneof(fc.webUrl(), fc.webUrl({ withFragments: true }), fc.constant(FIELDS.startUrl))
    const ssoRegion = fc.constantFrom('eu-west-1', ' us-gov-west-1', 'cn-north-1 ')
    fc.assert(
      fc.property(name, startUrl, ssoRegion, (name, startUrl, ssoRegion) => {
        const fields = { name, startUrl, ssoRegion }
        fc.pre(checkCenter(fields, []) === null)
        expect(newCenterIdentitySchema.safeParse(newCenter(fields)).success).toBe(true)
      }),
    )
  })
})

describe('choices of a reading', () => {
  const fields = (change: Partial<DiscoveryFields>): DiscoveryFields => ({ ...discoveryFields(null), ...change })
  const rule = (pattern: string, id = 0) => ({ id, pattern, environment: 'prod' as const })

  it('begin as they were chosen last, and come back the same', () => {
    const choices = discoveryChoicesSchema.parse({
      template: '{role} in {account}',
      rules: [
        { pattern: '*nonprod*', environment: 'dev' },
        { pattern: '*prod*', environment: 'prod' },
      ],
      withProfiles: true,
    })
    expect(choicesOf(discoveryFields(choices))).toEqual(choices)
    expect(choicesOf(discoveryFields(null))).toEqual(discoveryChoicesSchema.parse({}))
  })

  it('give each new rule an id of its own, also after one was removed', () => {
    const [first, second] = addRule(addRule([]))
    expect(first?.id).not.toBe(second?.id)
    const ids = addRule(second === undefined ? [] : [second]).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(['{acount}', '{account', 'account}', 'every role', ''])('are refused with the template %j', (template) => {
    expect(checkDiscovery(fields({ template }), EMPTY)?.template).toBeDefined()
    expect(exampleName(template)).toBeUndefined()
  })

  it('are refused with a pattern that is empty or too long, and say which', () => {
    const rules = [rule('*prod*'), rule('  ', 7), rule('x'.repeat(129), 9)]
    const problems = checkDiscovery(fields({ rules }), EMPTY)
    expect([...(problems?.rules.keys() ?? [])]).toEqual([7, 9])
    expect(problems?.rules.get(7)).toBe(EMPTY)
    expect(problems?.template).toBeUndefined()
  })

  it('never send what main would refuse', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 5 }), (end, patterns) => {
        const given = fields({ template: `{role}${end}`, rules: patterns.map((pattern, id) => rule(pattern, id)) })
        fc.pre(checkDiscovery(given, EMPTY) === null)
        expect(discoveryChoicesSchema.safeParse(choicesOf(given)).success).toBe(true)
      }),
    )
  })

  it('show what a role would be called', () => {
    expect(exampleName('{account}-{role}')).toBe('acme-prod-PowerUserAccess')
    expect(exampleName(' sso/{ role } ')).toBe('sso/PowerUserAccess')
    expect(exampleName('{accountId} {email}')).toBe('123456789012 aws+prod@acme.example')
  })
})
