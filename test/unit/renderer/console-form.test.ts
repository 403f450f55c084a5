import { describe, expect, it } from 'vitest'
import type { FoundBrowser } from '#shared/console.ts'
import { CONSOLE_SERVICES } from '#shared/console-services.ts'
import {
  type ConsoleFields,
  choiceOf,
  containersOf,
  destinationOf,
  emptyConsole,
  isAddress,
  placeOf,
  SYSTEM,
  scopeOf,
  servicesFor,
} from '../../../src/renderer/lib/console-form.ts'

const VIEW = {
  doors: [{ door: 'sign-in' as const, possible: true, reason: { code: 'external-id' as const, text: 'Because.' } }],
  partition: 'aws',
  region: 'eu-west-1',
  accountId: '111122223333',
  environment: 'prod' as const,
  takesDuration: true,
  browser: null,
}
const fields = (change: Partial<ConsoleFields> = {}): ConsoleFields => ({ ...emptyConsole(VIEW), ...change })

describe('the console form', () => {
  it('begins with the proposed door and what is remembered', () => {
    expect(fields()).toMatchObject({ door: 'sign-in', region: 'eu-west-1', browser: SYSTEM, remember: 'no' })
    const remembered = { browser: 'firefox', profile: 'work', container: 'acme' }
    const again = emptyConsole({ ...VIEW, browser: remembered })
    expect(choiceOf(again)).toEqual(remembered)
  })

  it('takes a title, an id or an address for a destination', () => {
    expect(destinationOf('')).toBeUndefined()
    expect(destinationOf('  ')).toBeUndefined()
    expect(destinationOf('DynamoDB')).toBe('dynamodb')
    expect(destinationOf('route 53')).toBe('route53')
    expect(destinationOf('S3')).toBe('s3')
    expect(destinationOf('brand-new')).toBe('brand-new')
    const address = 'https://eu-west-1.console.aws.amazon.com/s3/home'
    expect(destinationOf(` ${address} `)).toBe(address)
    expect([isAddress(address), isAddress('javascript:x'), isAddress('s3'), isAddress('')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('knows each service by a title of its own', () => {
    for (const { id, title } of CONSOLE_SERVICES) expect(destinationOf(title)).toBe(id)
  })

  it('offers what the text finds, and all of it once one is chosen', () => {
    expect(servicesFor('dyndb').map(({ id }) => id)).toEqual(['dynamodb'])
    expect(servicesFor('DynamoDB')).toHaveLength(CONSOLE_SERVICES.length)
  })

  it('says a region only where it is another than the role’s own, and never beside an address', () => {
    const address = 'https://console.aws.amazon.com/s3/home'
    expect(placeOf(fields(), 'eu-west-1')).toEqual({})
    expect(placeOf(fields({ region: ' ap-south-1 ' }), 'eu-west-1')).toEqual({ region: 'ap-south-1' })
    expect(placeOf(fields({ region: '' }), 'eu-west-1')).toEqual({})
    expect(placeOf(fields({ region: 'ap-south-1', destination: address }), 'eu-west-1')).toEqual({
      destination: address,
    })
  })

  it('makes a browser of what was chosen of it', () => {
    expect(choiceOf(fields({ profile: 'x', isPrivate: true }))).toBeNull()
    expect(choiceOf(fields({ browser: 'firefox' }))).toEqual({ browser: 'firefox' })
    expect(choiceOf(fields({ browser: 'firefox', container: 'acme', isPrivate: true }))).toEqual({
      browser: 'firefox',
      private: true,
    })
  })

  it('remembers for whom it can', () => {
    expect(scopeOf(fields(), VIEW)).toBeUndefined()
    expect(scopeOf(fields({ remember: 'account' }), VIEW)).toEqual({ accountId: '111122223333' })
    expect(scopeOf(fields({ remember: 'environment' }), VIEW)).toEqual({ environment: 'prod' })
    expect(scopeOf(fields({ remember: 'environment' }), { ...VIEW, environment: null })).toBeUndefined()
  })

  it('offers the containers of the profile, or of all where the browser chooses', () => {
    const profile = (id: string, ...containers: string[]) => ({ id, title: id, containers })
    const browser: FoundBrowser = {
      id: 'firefox',
      title: 'Firefox',
      canBePrivate: true,
      profiles: [profile('one', 'a', 'b'), profile('two', 'b', 'c')],
    }
    expect(containersOf(browser, 'two')).toEqual(['b', 'c'])
    expect(containersOf(browser, '')).toEqual(['a', 'b', 'c'])
    expect(containersOf(undefined, '')).toEqual([])
  })
})
