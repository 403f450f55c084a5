/** Every error that a start, a write or an end can meet has a button, as far as a screen can do something about it. */
import { describe, expect, it } from 'vitest'
import { ERROR_EXIT_CODES, type ErrorCode } from '#shared/errors.ts'
import { type NextStepHandlers, nextSteps } from '../../../src/renderer/lib/next-steps.ts'

const asked: string[] = []
const note = (step: string) => () => void asked.push(step)
const ALL: NextStepHandlers = {
  retry: note('retry'),
  chooseDevice: note('chooseDevice'),
  useHour: note('useHour'),
  editRole: note('editRole'),
  sendCode: note('sendCode'),
  showIdentities: note('showIdentities'),
  start: note('start'),
  signIn: note('signIn'),
  takeOver: note('takeOver'),
}
const labels = (code: ErrorCode, can: NextStepHandlers = ALL) => nextSteps(code, can).map(({ label }) => label)

describe('the next step', () => {
  it.each([
    ['sts.access-denied', ['Send an MFA code', 'Edit role']],
    ['sts.mfa-serial', ['Choose device']],
    ['sts.duration-chaining', ['Use 1 h']],
    ['sts.duration-role-maximum', ['Use 1 h']],
    ['sts.clock-slow', ['Try again']],
    ['network.unreachable', ['Try again']],
    ['vault.locked', ['Unlock']],
    ['vault.no-service', ['Try again']],
    ['profile.not-owned', ['Look at it', 'Edit role']],
    ['session.lapsed', ['Start session']],
    ['sso.sign-in-needed', ['Sign in', 'Show identities']],
    ['cancelled', []],
  ] satisfies [ErrorCode, string[]][])('after %s is %j', (code, expected) => {
    expect(labels(code)).toEqual(expected)
  })

  it('that a screen can’t take has no button', () => {
    const { sendCode: _, ...rest } = ALL
    expect(labels('sts.access-denied', rest)).toEqual(['Edit role'])
    expect(labels('sts.access-denied', {})).toEqual([])
  })

  it('does what it says', () => {
    nextSteps('sts.mfa-serial', ALL)[0]?.run()
    expect(asked).toEqual(['chooseDevice'])
  })

  it('is there for whatever AWS, the vault and the network answer', () => {
    const codes = (Object.keys(ERROR_EXIT_CODES) as ErrorCode[]).filter((code) =>
      /^(?:sts|network|vault|aws)\./.test(code),
    )
    expect(codes.filter((code) => labels(code).length === 0)).toEqual(NOTHING_TO_PRESS)
  })

  it('is one of two at most', () => {
    for (const code of Object.keys(ERROR_EXIT_CODES) as ErrorCode[]) expect(labels(code).length).toBeLessThanOrEqual(2)
  })
})

/** Something has to be installed, which no button does. */
const NOTHING_TO_PRESS: ErrorCode[] = ['vault.no-dbus', 'vault.no-library', 'vault.unsupported']
