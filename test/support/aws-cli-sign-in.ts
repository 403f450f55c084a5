/** The AWS CLI's own sign-in to Identity Center, with a person who looks at the page that it names. */
import { spawn } from 'node:child_process'
import type { PracticeAccount } from '#core/practice/practice-account.ts'
import { press } from '../unit/core/practice/identity-center/clients.ts'
import { type AwsCli, isSince } from './aws-clis.ts'

export interface AwsCliSignIn {
  readonly exitCode: number | null
  /** What it printed. */
  readonly said: string
}

export interface AwsCliSignInOptions {
  /** By a code that is compared; what CLIs before 2.22 always do. */
  readonly byCode?: boolean
  readonly button?: 'Allow' | 'Deny'
}

/** `aws sso login --sso-session SESSION`. The practice account has to ask. */
export async function signInWithAwsCli(
  cli: AwsCli,
  session: string,
  practice: PracticeAccount,
  env: Readonly<Record<string, string | undefined>>,
  { byCode = false, button = 'Allow' }: AwsCliSignInOptions = {},
): Promise<AwsCliSignIn> {
  const words = ['sso', 'login', '--sso-session', session, '--no-browser']
  if (byCode && isSince(cli, 2, 22)) words.push('--use-device-code')
  const login = spawn(cli.program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => login.once('close', resolve))
  let said = ''
  const gather = (chunk: string) => {
    said += chunk
  }
  login.stderr.setEncoding('utf8').on('data', gather)
  let isAnswered = false
  for await (const chunk of login.stdout.setEncoding('utf8')) {
    gather(chunk)
    const page = /(http:\/\/127\.0\.0\.1:\d+\/(?:device\?user_code=\S+|authorize\?\S+))\s/.exec(said)?.[1]
    if (page === undefined || isAnswered) continue
    isAnswered = true
    const answer = await press(practice, await (await fetch(page)).text(), button)
    // Back to where the CLI listens.
    const back = answer.headers.get('location')
    if (back !== null) await (await fetch(back)).text()
  }
  return { exitCode: await ended, said }
}
