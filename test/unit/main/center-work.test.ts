// What is under way for sign-ins: who opens what, what the page is told, and how it is ended.
import { expect, it } from 'vitest'
import { HallpassError } from '#shared/errors.ts'
import type { DiscoveryReport } from '#shared/identity-center-view.ts'
import { IPC_CALLS, IPC_EVENTS, type IpcEvent } from '#shared/ipc.ts'
import { type CenterWorkParts, createCenterWork } from '../../../src/main/center-work.ts'

const PAGE = 'https://device.sso.eu-west-1.amazonaws.com/?user_code=BCDF-GHJK'
const CODE = {
  userCode: 'BCDF-GHJK',
  verificationUri: 'https://device.sso.eu-west-1.amazonaws.com/',
  verificationUriComplete: PAGE,
  expiresAt: 1_800_000_000_000,
}
const STATE = { signedInUntil: '2026-11-26T16:40:00.000Z', renews: true }
const ROLE = { name: 'acme-prod-ReadOnly', accountId: '123456789012', roleName: 'ReadOnly' }
const REPORT: DiscoveryReport = {
  isComplete: true,
  accounts: 2,
  roles: 250,
  added: Array.from({ length: 250 }, (_, index) => ({ ...ROLE, name: `role-${index}` })),
  gone: [ROLE],
  removed: [],
  renamedAccounts: [],
  refused: [],
  filesDiff: Array.from({ length: 1000 }, (_, index) => `+line ${index}`).join('\n'),
  problem: null,
}

type Centers = CenterWorkParts['hallpass']['centers']

/** One sign-in, `corp`, whose work lasts until the test ends it or its signal does. */
function setUp() {
  const opened: string[] = []
  const told: [IpcEvent, unknown][] = []
  const signIns: (Parameters<Centers['signIn']>[1] & { settle: () => void })[] = []
  const readings: (Parameters<Centers['discover']>[1] & { settle: () => void })[] = []
  const until = <T>(result: T, signal: AbortSignal | undefined, keep: (settle: () => void) => void) =>
    new Promise<T>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new HallpassError('cancelled', 'Cancelled.')))
      keep(() => resolve(result))
    })
  const names = { list: [{ id: 'i1', name: 'corp', kind: 'identity-center' }] }
  const find = (name: string) => {
    const found = names.list.find((one) => one.name === name)
    if (!found) throw new HallpassError('identity.not-found', 'There is none.')
    return found
  }
  const work = createCenterWork({
    hallpass: {
      identities: { list: () => [...names.list, { id: 'i2', name: 'dana', kind: 'access-key' }], show: find },
      centers: {
        state: async () => STATE,
        lastChoices: () => null,
        signIn: (_name: string, options: Parameters<Centers['signIn']>[1]) =>
          until(STATE, options.signal, (settle) => signIns.push({ ...options, settle })),
        discover: (_name: string, options: Parameters<Centers['discover']>[1]) =>
          until(REPORT, options?.signal, (settle) => readings.push({ ...options, settle })),
      },
    } as unknown as CenterWorkParts['hallpass'],
    openUrl: async (url) => void opened.push(url),
    broadcast: (event, payload) => void told.push([event, IPC_EVENTS[event].parse(payload)]),
    changed: () => {},
    every: 1,
  })
  return { work, opened, told, signIns, readings, names }
}

it('opens nothing for a code until it is asked to, and then the page with the code in it', async () => {
  const { work, opened, told, signIns } = setUp()
  const signedIn = work.signIn('corp', 'device')
  signIns[0]?.onCode?.(CODE)
  expect(opened).toEqual([])
  const code = { userCode: CODE.userCode, address: CODE.verificationUri, expiresAt: CODE.expiresAt }
  expect(told).toEqual([['center.code', { name: 'corp', ...code }]])
  expect((await work.state())[0]?.signingIn).toEqual({ way: 'device', code })

  await work.openPage('corp')
  expect(opened).toEqual([PAGE])
  signIns[0]?.settle()
  expect(await signedIn).toEqual(STATE)
  expect((await work.state())[0]?.signingIn).toBeNull()
  await expect(work.openPage('corp')).rejects.toMatchObject({ code: 'sso.sign-in-expired' })
  expect(opened).toEqual([PAGE])
})

it('ends the sign-in under way before another one begins', async () => {
  const { work, signIns } = setUp()
  const first = work.signIn('corp', 'browser')
  const failed = expect(first).rejects.toMatchObject({ code: 'cancelled' })
  const second = work.signIn('corp', 'device')
  await failed
  await expect.poll(() => signIns.map(({ way }) => way)).toEqual(['browser', 'device'])
  expect((await work.state())[0]?.signingIn).toEqual({ way: 'device', code: null })
  await work.cancel('corp')
  await expect(second).rejects.toMatchObject({ code: 'cancelled' })
})

it('has one reading at a time, which can be cancelled under the name it got meanwhile', async () => {
  const { work, readings, names } = setUp()
  const reading = work.discover({ name: 'corp' })
  await expect(work.discover({ name: 'corp' })).rejects.toMatchObject({ code: 'session.busy' })
  names.list = [{ id: 'i1', name: 'acme', kind: 'identity-center' }]
  expect(readings).toHaveLength(1)
  await Promise.all([work.cancel('acme'), expect(reading).rejects.toMatchObject({ code: 'cancelled' })])
  expect((await work.state())[0]?.reading).toBeNull()
})

it('tells progress no more often than it should, and its report in a size that a page can take', async () => {
  const { work, told, readings } = setUp()
  const reading = work.discover({ name: 'corp', dryRun: true })
  const progress = { accountsKnown: 1000, accountsDone: 0, rolesFound: 0, requests: 0, throttled: 0 }
  for (let done = 1; done <= 1000; done++) readings[0]?.onProgress?.({ ...progress, accountsDone: done })
  await expect.poll(() => told.length).toBe(1)
  expect(told).toEqual([['center.progress', { name: 'corp', ...progress, accountsDone: 1000 }]])
  expect((await work.state())[0]?.reading?.accountsDone).toBe(1000)
  readings[0]?.settle()
  const view = IPC_CALLS['centers.discover'].reply.parse(await reading)
  expect(view).toMatchObject({ isDryRun: true, removed: 0, gone: { count: 1, first: [ROLE] } })
  expect(view.added.count).toBe(250)
  expect(view.added.first).toHaveLength(100)
  expect(view.filesDiff.split('\n')).toHaveLength(1000 - view.diffLinesLeftOut)
  expect((await work.state())[0]?.report).toEqual(view)
})

it('ends everything, and forgets what was found, when the app locks', async () => {
  const { work, readings } = setUp()
  const before = work.discover({ name: 'corp' })
  readings[0]?.settle()
  await before
  const ended = [work.discover({ name: 'corp' }), work.signIn('corp', 'browser')].map((one) =>
    expect(one).rejects.toMatchObject({ code: 'cancelled' }),
  )
  work.forgetAll()
  await Promise.all(ended)
  expect((await work.state())[0]).toMatchObject({ signingIn: null, reading: null, report: null })
})

it('shows a page no device code and no token: the contract drops what it does not name', () => {
  const secret = { deviceCode: 'planted', accessToken: 'planted' }
  const code = { name: 'corp', userCode: 'A', address: 'https://x', expiresAt: 1, ...secret }
  expect(JSON.stringify(IPC_EVENTS['center.code'].parse(code))).not.toContain('planted')
  expect(JSON.stringify(IPC_CALLS['centers.sign-in'].reply.parse({ ...STATE, ...secret }))).not.toContain('planted')
})
