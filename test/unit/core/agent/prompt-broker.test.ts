import { describe, expect, it } from 'vitest'
import { type Asker, PromptBroker } from '#core/agent/prompt-broker.ts'
import { HallpassError } from '#shared/errors.ts'

const request = { serial: 'arn:aws:iam::123456789012:mfa/dana', identity: 'work', target: 'prod' }
const refuses =
  (code: 'cancelled' | 'mfa.required', message = 'no') =>
  () =>
    Promise.reject(new HallpassError(code, message))
const dies = () => Promise.reject(new Error('the client is gone'))

function setUp(askers: readonly [name: string, ask: () => Promise<string>][]) {
  const asked: string[] = []
  const broker = new PromptBroker((name) => name.startsWith('prod'))
  const leave = askers.map(([name, ask]) => {
    const asker: Asker = {
      name,
      ask: () => {
        asked.push(name)
        return ask()
      },
    }
    return broker.join(asker)
  })
  return { broker, asked, leave }
}

describe('who is asked for a code', () => {
  it('is the first that waits for it, and nobody else', async () => {
    const code = async () => '123456'
    const { broker, asked } = setUp([
      ['other', dies],
      ['prod 1', code],
      ['prod 2', code],
    ])
    expect(await broker.prompt(request)).toBe('123456')
    expect(asked).toEqual(['prod 1'])
  })

  it('is told to the others that wait for it, once, also to those who come meanwhile', async () => {
    const broker = new PromptBroker((name) => name.startsWith('prod'))
    const told: string[] = []
    let answer = (_code: string) => {}
    const join = (name: string) =>
      broker.join({
        name,
        ask: () => new Promise((resolve) => (answer = resolve)),
        waits: () => void told.push(name),
      })
    for (const name of ['prod 1', 'other 1', 'prod 2']) join(name)
    const code = broker.prompt(request)
    for (const name of ['prod 3', 'other 2']) join(name)
    answer('123456')
    expect(await code).toBe('123456')
    join('prod 4')
    expect(told).toEqual(['prod 2', 'prod 3'])
  })

  it('is the next when one dies or has no terminal', async () => {
    const { broker, asked } = setUp([
      ['prod 1', dies],
      ['prod 2', refuses('mfa.required')],
      ['prod 3', async () => '1'],
    ])
    expect(await broker.prompt(request)).toBe('1')
    expect(asked).toEqual(['prod 1', 'prod 2', 'prod 3'])
  })

  it('is nobody any more once a person has declined', async () => {
    const { broker, asked } = setUp([
      ['prod 1', refuses('cancelled')],
      ['prod 2', async () => '1'],
    ])
    await expect(broker.prompt(request)).rejects.toMatchObject({ code: 'cancelled' })
    expect(asked).toEqual(['prod 1'])
  })

  it('is told in the words of the client when none can ask', async () => {
    const { broker } = setUp([
      ['prod 1', refuses('mfa.required', 'run it in a terminal')],
      ['prod 2', dies],
    ])
    await expect(broker.prompt(request)).rejects.toMatchObject({
      code: 'mfa.required',
      message: 'run it in a terminal',
    })
  })

  it('is nobody when no client waits', async () => {
    const { broker, leave } = setUp([['prod 1', async () => '1']])
    leave.forEach((each) => void each())
    await expect(broker.prompt(request)).rejects.toMatchObject({ code: 'mfa.required' })
  })

  it('is the same one again after a wrong code', async () => {
    const { broker, asked } = setUp([
      ['prod 1', async () => '1'],
      ['prod 2', async () => '2'],
    ])
    await broker.prompt(request)
    await broker.prompt({ ...request, problem: new HallpassError('sts.mfa-invalid', 'wrong') })
    expect(asked).toEqual(['prod 1', 'prod 1'])
  })
})
