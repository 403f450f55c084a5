// polkit's two programs, told by their exit codes (pkcheck(1)).
import { describe, expect, it } from 'vitest'
import { createPolkit } from '../../../src/main/polkit.ts'

function setUp(exit: number | null) {
  const calls: string[][] = []
  const auth = createPolkit(
    async (program, args) => {
      calls.push([program, ...args])
      return exit
    },
    () => '7,123,1000',
  )
  return { auth, calls }
}

describe('method', () => {
  it.each([
    [0, 'polkit'],
    [1, null],
    [null, null],
  ])('with exit %s of pkaction: %s', async (exit, method) => {
    expect(await setUp(exit).auth.method()).toBe(method)
  })
})

describe('confirm', () => {
  it('names the action and the process, and lets the person be asked', async () => {
    const { auth, calls } = setUp(0)
    await auth.confirm()
    const words = ['--action-id', 'app.hallpass.unlock', '--process', '7,123,1000', '--allow-user-interaction']
    expect(calls).toEqual([['/usr/bin/pkcheck', ...words]])
  })

  it.each([
    [1, 'unlock.refused'],
    [3, 'cancelled'],
    [126, 'unlock.refused'],
    [null, 'cancelled'],
  ])('exit %s of pkcheck is %s', async (exit, code) => {
    await expect(setUp(exit).auth.confirm()).rejects.toMatchObject({ code })
  })

  it.each([2, 127])('leaves it to the keychain when nothing can ask: exit %d', async (exit) => {
    await setUp(exit).auth.confirm()
  })
})
