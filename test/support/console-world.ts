/** Hallpass on a practice account, with files of its own: for what opens the console. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MfaPrompt } from '#core/capabilities.ts'
import { createHallpass } from '#core/create-hallpass.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { createLog } from '#core/log.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'

export interface ConsoleWorld {
  readonly practice: PracticeAccount
  readonly hallpass: Hallpass
  /** Stores the access key of a user of the practice account. */
  addIdentity(user: string, name: string): Promise<void>
  /** Once more, on the same state, with variables beside those of the practice account; whoever asks closes it. */
  openWith(env: Readonly<Record<string, string>>): Promise<Hallpass>
  close(): Promise<void>
}

/** With `work`, the identity of dana.whitfield. @param mfaPrompt asked for codes; nobody is when left out */
export async function openConsoleWorld(
  mfaPrompt: (practice: PracticeAccount) => ReturnType<MfaPrompt> = () => Promise.reject(new Error('nobody is to ask')),
): Promise<ConsoleWorld> {
  const practice = await startPracticeAccount()
  const folder = mkdtempSync(join(tmpdir(), 'console-'))
  const openWith: ConsoleWorld['openWith'] = (env) =>
    createHallpass({
      env: {
        ...practice.describe().environment,
        ...env,
        HOME: process.env.HOME,
        HALLPASS_HOME: join(folder, 'state'),
        AWS_CONFIG_FILE: join(folder, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      },
      command: [process.execPath],
      log: createLog(() => {}),
      mfaPrompt: () => mfaPrompt(practice),
    })
  const hallpass = await openWith({})
  const addIdentity: ConsoleWorld['addIdentity'] = async (user, name) => {
    const { accessKeyId, secretAccessKey, mfaSerial } = practice.user(user)
    await hallpass.identities.add({ name, accessKeyId, secretAccessKey, ...(mfaSerial ? { mfaSerial } : {}) })
  }
  await addIdentity('dana.whitfield', 'work')
  practice.control.apply({ clearCalls: true })
  return {
    practice,
    hallpass,
    addIdentity,
    openWith,
    async close() {
      hallpass.close()
      await practice.close()
      rmSync(folder, { recursive: true })
    },
  }
}
