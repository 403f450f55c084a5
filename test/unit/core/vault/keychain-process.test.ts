// Which failures of the keychain in this process lead to one that is asked in another.
import { expect, test } from 'vitest'
import type { KeychainBackend } from '#core/vault/keychain-backend.ts'
import { outliveService } from '#core/vault/keychain-process.ts'

function backend(answers: (string | Error)[]) {
  const calls: string[] = []
  const answer = async (call: string) => {
    calls.push(call)
    const next = answers.shift()
    if (next instanceof Error) throw next
    return next ?? null
  }
  const made: KeychainBackend = {
    get: (account) => answer(`get ${account}`),
    set: async (account, value) => void (await answer(`set ${account} ${value}`)),
    delete: async (account) => (await answer(`delete ${account}`)) !== null,
  }
  return { calls, backend: made }
}

test.each([
  'Message recipient disconnected from message bus without replying',
  'The name :1.17 was not provided by any .service files',
  'The session wrapping the secret does not exist',
])('%s: asked elsewhere, and from then on', async (text) => {
  const here = backend([new Error(text), 'never'])
  const elsewhere = backend(['one', 'two', 'three'])
  const both = outliveService(here.backend, elsewhere.backend)
  await both.set('a', 's')
  expect(await both.get('a')).toBe('two')
  expect(await both.delete('a')).toBe(true)
  expect([here.calls, elsewhere.calls]).toEqual([['set a s'], ['set a s', 'get a', 'delete a']])
})

test.each([
  'The name org.freedesktop.secrets was not provided by any .service files',
  'Cannot create an item in a locked collection',
  'Prompt dismissed',
])('%s: as it is', async (text) => {
  const elsewhere = backend([])
  const both = outliveService(backend([new Error(text), 'here']).backend, elsewhere.backend)
  await expect(both.get('a')).rejects.toThrow(text)
  expect([await both.get('a'), elsewhere.calls]).toEqual(['here', []])
})
