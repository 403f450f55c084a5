import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Page, Paging } from '#core/practice/identity-center/paging.ts'
import { QueryParameters } from '#core/practice/query.ts'

const asked = (parameters: Record<string, string>) => new QueryParameters(new URLSearchParams(parameters).toString())
const refusal = expect.objectContaining({ code: 'InvalidRequestException', status: 400 })

test('pages of any size give every item once, in order', () => {
  const scene = fc.record({ items: fc.array(fc.integer(), { maxLength: 250 }), size: fc.integer({ min: 1, max: 100 }) })
  fc.assert(
    fc.property(scene, ({ items, size }) => {
      const paging = new Paging()
      const seen: number[] = []
      let token: string | null = ''
      while (token !== null) {
        const page: Page<number> = paging.page('a list', items, asked({ max_result: String(size), next_token: token }))
        expect(page.items.length).toBeLessThanOrEqual(size)
        seen.push(...page.items)
        token = page.nextToken
      }
      expect(seen).toEqual(items)
    }),
  )
})

test('a page that is exactly full is the last one', () => {
  expect(new Paging().page('a list', [1, 2], asked({ max_result: '2' })).nextToken).toBeNull()
})

test.each(['0', '101', '-1', '1.5', '', 'all', '1e2', '99999999999'])('a size of %j is refused', (max_result) => {
  expect(() => new Paging().page('a list', [1], asked({ max_result }))).toThrow(refusal)
})

test('tokens that it did not give for this list are refused', () => {
  const paging = new Paging()
  const given = (list: string, next_token: string) => () => paging.page(list, [1, 2, 3], asked({ next_token }))
  const { nextToken } = paging.page('a list', [1, 2, 3], asked({ max_result: '1' }))
  const token = nextToken ?? ''
  expect(given('a list', token)().items).toEqual([2, 3])
  expect(given('another list', token)).toThrow(refusal)
  const further = Buffer.from(Buffer.from(token, 'base64url').toString().replace(/^1/, '2')).toString('base64url')
  expect(given('a list', further)).toThrow(refusal)
  expect(() => new Paging().page('a list', [1, 2, 3], asked({ next_token: token }))).toThrow(refusal)
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      expect(given('a list', text)).toThrow(refusal)
    }),
  )
})
