import { describe, expect, it } from 'vitest'
import { ERROR_EXIT_CODES, type ErrorCode, HallpassError, isHallpassError } from '#shared/errors.ts'

describe('HallpassError', () => {
  it('crosses a boundary and comes out the same', () => {
    const error = new HallpassError('sts.access-denied', 'No.', { hint: 'Ask.', details: 'AccessDenied' })
    const back = HallpassError.fromReport(JSON.parse(JSON.stringify(error.toReport())))
    expect(back).toMatchObject({
      code: 'sts.access-denied',
      message: 'No.',
      hint: 'Ask.',
      details: 'AccessDenied',
      exitCode: 4,
    })
  })

  it('carries neither stack nor cause, and no empty members', () => {
    const error = new HallpassError('internal', 'x', { cause: new Error('planted-secret') })
    expect(error.toReport()).toEqual({ code: 'internal', message: 'x' })
  })

  it('knows itself, by code too', () => {
    const error = new HallpassError('cancelled', 'x')
    expect(isHallpassError(error)).toBe(true)
    expect(isHallpassError(error, 'cancelled')).toBe(true)
    expect(isHallpassError(error, 'internal')).toBe(false)
    expect(isHallpassError(new Error('cancelled'))).toBe(false)
  })

  it.each([
    ['internal', 1],
    ['usage.invalid', 2],
    ['role.not-found', 3],
    ['sts.access-denied', 4],
    ['vault.locked', 5],
    ['network.timeout', 6],
    ['mfa.required', 7],
    ['name.taken', 8],
    ['cancelled', 9],
  ] as const)('%s exits %d', (code, exit) => {
    expect(new HallpassError(code, 'x').exitCode).toBe(exit)
  })

  it('gives each family its exit code', () => {
    const family = (prefix: string) =>
      new Set(
        (Object.keys(ERROR_EXIT_CODES) as ErrorCode[])
          .filter((code) => code.startsWith(prefix))
          .map((code) => ERROR_EXIT_CODES[code]),
      )
    expect(family('sts.')).toEqual(new Set([4]))
    expect(family('vault.')).toEqual(new Set([5]))
    expect(family('network.')).toEqual(new Set([6]))
  })

  it('has dotted, lower-case codes', () => {
    for (const code of Object.keys(ERROR_EXIT_CODES)) expect(code).toMatch(/^(internal|cancelled|[a-z]+\.[a-z-]+)$/)
  })
})
