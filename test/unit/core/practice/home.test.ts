/** The mark of a practice folder: what it decides, and that nothing in the environment talks it out of that. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepPracticeApart, readPracticeMark, surroundingsOf, writePracticeMark } from '#core/practice/home.ts'

const mark = { port: 4599, seed: 'a seed of some length', passphrase: 'a passphrase of some length' }
let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'practice-home-'))
})
afterEach(() => rmSync(home, { recursive: true }))

describe('an unmarked folder', () => {
  it('leaves the environment as it is', () => {
    const env = { HALLPASS_HOME: home, AWS_ENDPOINT_URL: 'https://example.com' }
    expect(surroundingsOf(env)).toBe(env)
  })
})

describe('a marked folder', () => {
  it('goes to the practice account, whatever was set', () => {
    writePracticeMark(home, mark)
    const env = surroundingsOf({
      HALLPASS_HOME: home,
      AWS_ENDPOINT_URL: 'https://example.com',
      AWS_ENDPOINT_URL_STS: 'https://sts.amazonaws.com',
      AWS_ENDPOINT_URL_SIGNIN: 'https://signin.aws.amazon.com',
      HALLPASS_VAULT: 'keychain',
      HALLPASS_PASSPHRASE: 'mine',
      OTHER: 'stays',
    })
    expect(env).toEqual({
      HALLPASS_HOME: home,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4599',
      HALLPASS_VAULT: 'file',
      HALLPASS_PASSPHRASE: mark.passphrase,
      OTHER: 'stays',
    })
    expect(surroundingsOf(env)).toEqual(env)
  })

  it.each([
    '',
    '{',
    '[]',
    '{"port":0}',
    JSON.stringify({ ...mark, port: 70_000 }),
    JSON.stringify({ ...mark, seed: 1 }),
  ])('never passes for a real one when its mark is %j', (text) => {
    writeFileSync(join(home, 'practice.json'), text)
    expect(() => readPracticeMark(home)).toThrow(expect.objectContaining({ code: 'file.unreadable' }))
  })
})

it('refuses a store of the practice account in a folder without its mark', () => {
  const settings = new Map<string, string>()
  const store = {
    setting: (key: string) => settings.get(key),
    setSetting: (key: string, value: string) => void settings.set(key, value),
  }
  keepPracticeApart(store, false)
  expect(settings.size).toBe(0)
  keepPracticeApart(store, true)
  keepPracticeApart(store, true)
  expect(() => keepPracticeApart(store, false)).toThrow(expect.objectContaining({ code: 'store.unavailable' }))
})
