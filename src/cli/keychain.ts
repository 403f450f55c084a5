/**
 * One call to the keychain in a process of its own (see `core/vault/keychain-process.ts`): a request in a line of standard
 * input, an answer on standard output. Nothing of the command is loaded.
 */
import { writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { KeychainAnswer, KeychainRequest } from '#core/vault/keychain-process.ts'

let asked = ''
process.stdin
  .setEncoding('utf8')
  .on('data', (text: string) => {
    asked += text
    if (asked.endsWith('\n')) reply(JSON.parse(asked) as KeychainRequest)
  })
  // Whoever asked is gone, and with it the reason for a prompt. An exit would wait for the call.
  .on('end', () => process.kill(process.pid, 'SIGKILL'))

async function reply(request: KeychainRequest): Promise<void> {
  const answered = await answer(request).catch(
    (error: unknown): KeychainAnswer => ({ error: error instanceof Error ? error.message : String(error) }),
  )
  writeSync(1, JSON.stringify(answered))
  process.exit()
}

async function answer({ service, call, account, value = '' }: KeychainRequest): Promise<KeychainAnswer> {
  const keytar = createRequire(import.meta.url)('keytar') as typeof import('keytar')
  switch (call) {
    case 'get':
      return { value: await keytar.getPassword(service, account) }
    case 'set':
      await keytar.setPassword(service, account, value)
      return { value: null }
    case 'delete':
      return { value: await keytar.deletePassword(service, account) }
  }
}
