/** What people and pipes give: secrets by line, MFA codes by prompt, and never a wait without an end. */
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { HallpassError } from '#shared/errors.ts'
import { askForCode, createMfaPrompt, shellWord } from '../../../src/cli/input/mfa-prompt.ts'
import { readLines } from '../../../src/cli/input/secret-input.ts'
import { Progress } from '../../../src/cli/output/progress.ts'
import { makeHost } from './support.ts'

const options = { count: 1, waitMs: 5000, what: 'the secret' }

function pipe(...chunks: (string | Buffer)[]): PassThrough {
  const stream = new PassThrough()
  for (const chunk of chunks) stream.write(chunk)
  return stream
}

describe('lines from a pipe', () => {
  it('are taken without waiting for the end', async () => {
    expect(await readLines(pipe('sec', 'ret\n'), options)).toEqual(['secret'])
  })

  it('may lack the last line feed', async () => {
    const stream = pipe('secret')
    stream.end()
    expect(await readLines(stream, options)).toEqual(['secret'])
  })

  it('lose blanks, byte order marks, carriage returns and empty lines', async () => {
    const stream = pipe('\ufeff\r\n  id \r\n\r\nsecret\r\nmore\r\n')
    expect(await readLines(stream, { ...options, count: 2 })).toEqual(['id', 'secret'])
  })

  it('can be fewer than asked for, at the end', async () => {
    const stream = pipe('id\n')
    stream.end()
    expect(await readLines(stream, { ...options, count: 2 })).toEqual(['id'])
  })

  it.each(['', '\n', '  \r\n\n'])('are needed: %j', async (text) => {
    const stream = pipe(text)
    stream.end()
    await expect(readLines(stream, options)).rejects.toMatchObject({ code: 'input.required', exitCode: 7 })
  })

  it('are not awaited for ever', async () => {
    await expect(readLines(pipe(), { ...options, waitMs: 20 })).rejects.toMatchObject({ code: 'input.required' })
  })

  it('have a limit, and are not repeated in the error', async () => {
    const failure = readLines(pipe('x'.repeat(70_000)), options)
    await expect(failure).rejects.toMatchObject({ code: 'input.invalid' })
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('xxx') })
  })
})

const request = { serial: 'arn:aws:iam::123456789012:mfa/phone', identity: 'work', target: 'prod' }

function typing(...answers: string[]) {
  const said: string[] = []
  return {
    said,
    ask: async (question: string) => {
      said.push(question)
      return answers.shift() ?? ''
    },
    say: (text: string) => {
      said.push(text)
    },
  }
}

describe('the MFA prompt', () => {
  it('names the device, the identity and what is started', async () => {
    const terminal = typing('123 456')
    expect(await askForCode(terminal, request)).toBe('123456')
    expect(terminal.said).toEqual(['MFA code of phone (work) to start prod: '])
  })

  it('asks again for what is not a code, three times in all', async () => {
    const terminal = typing('abc', '12345', '123456')
    expect(await askForCode(terminal, request)).toBe('123456')
    expect(terminal.said.filter((line) => line.includes('6 digits'))).toHaveLength(2)
    await expect(askForCode(typing('1', '2', '3', '123456'), request)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('says why the last code was refused', async () => {
    const terminal = typing('123456')
    await askForCode(terminal, { ...request, problem: new HallpassError('sts.mfa-invalid', 'AWS refused the code.') })
    expect(terminal.said[0]).toBe('AWS refused the code.')
  })

  it.each(['person', 'program', 'background'] as const)('fails at once when nobody is there: %s', async (caller) => {
    const host = makeHost()
    const prompt = createMfaPrompt(host, new Progress(host.stderr), caller)
    await expect(prompt(request)).rejects.toMatchObject({ code: 'mfa.required', exitCode: 7 })
  })
})

it('quotes a name for the shell only when it has to', () => {
  expect(shellWord('prod-eu.1')).toBe('prod-eu.1')
  expect(shellWord('my team')).toBe('"my team"')
})

describe('progress', () => {
  it('is silent without a terminal, and gone afterwards on one', async () => {
    const quiet = makeHost()
    await new Progress(quiet.stderr, 0).during('Asking', Promise.resolve(1))
    expect(quiet.stderr.read()).toBeNull()

    const { stderr } = makeHost({ columns: 80 })
    const progress = new Progress(stderr, 0)
    const { promise, resolve } = Promise.withResolvers<number>()
    const work = progress.during('Asking', promise)
    const first = await new Promise<Buffer>((seen) => stderr.once('data', seen))
    expect(first.toString()).toContain('Asking')
    resolve(7)
    expect(await work).toBe(7)
    const chunks: string[] = []
    stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString()))
    stderr.end()
    await new Promise((done) => stderr.once('end', done))
    expect(chunks.join('').endsWith('\r\u001b[2K')).toBe(true)
  })
})
