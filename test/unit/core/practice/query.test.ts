import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { QueryParameters, renderError, renderResult, splitTarget } from '#core/practice/query.ts'
import { Refusal } from '#core/practice/refusal.ts'

describe('parameters', () => {
  test('the first of equal names counts, the body before the query', () => {
    const parameters = new QueryParameters('Action=AssumeRole&Action=GetSessionToken', 'Action=x&Version=1')
    expect([parameters.get('Action'), parameters.get('Version')]).toEqual(['AssumeRole', '1'])
  })

  test('lists come in order of their index, whatever the order on the wire', () => {
    const form = 'Tags.member.10.Key=c&Tags.member.2.Value=2&Tags.member.2.Key=b&Tags.member.1.Key=a&Tags.other=x'
    const keys = new QueryParameters(form).members('Tags').map((fields) => fields.get('Key'))
    expect(keys).toEqual(['a', 'b', 'c'])
    expect(new QueryParameters('K.member.1=a&K.member.2=b').members('K').map((fields) => fields.get(''))).toEqual([
      'a',
      'b',
    ])
  })

  test('any form is read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (form) => {
        const parameters = new QueryParameters(form, form)
        expect(parameters.members('Tags')).toBeInstanceOf(Array)
      }),
    )
  })

  test('a target is cut at its first question mark', () => {
    expect(splitTarget('/a?b?c')).toEqual({ path: '/a', query: 'b?c' })
    expect(splitTarget('/a')).toEqual({ path: '/a', query: '' })
  })
})

describe('documents', () => {
  test('a result has the shape of the service model', () => {
    expect(
      renderResult('2011-06-15', 'GetCallerIdentity', { Arn: 'a<b', UserId: undefined, Deep: { N: 6 } }, 'id'),
    ).toBe(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        '<Arn>a&#60;b</Arn><Deep><N>6</N></Deep></GetCallerIdentityResult>' +
        '<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
    )
  })

  test('an error blames the sender below 500 and the receiver above', () => {
    expect(renderError('2011-06-15', new Refusal(403, 'AccessDenied', 'no & no'), 'id')).toBe(
      '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
        '<Code>AccessDenied</Code><Message>no &#38; no</Message></Error><RequestId>id</RequestId></ErrorResponse>',
    )
    expect(renderError('2011-06-15', new Refusal(500, 'InternalFailure', ''), 'id')).toContain('<Type>Receiver</Type>')
  })

  test('no text can break out of its element or make the document unreadable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const message =
          /<Message>(.*)<\/Message>/s.exec(renderError('2011-06-15', new Refusal(400, 'X', text), 'id'))?.[1] ?? ''
        expect(message).not.toMatch(/[<>"']/)
        expect(message).not.toMatch(/&(?!#\d+;)/)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: XML can't hold them
        expect(message).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ud800-\udbff](?![\udc00-\udfff])/)
      }),
    )
  })
})
