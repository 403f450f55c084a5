/** Asks the AWS CLI for its version: a program of somebody else's, so without keys, without a shell, and not for long. */
import { execFile } from 'node:child_process'
import { withDumpsAsBefore } from '../core-dumps.ts'
import { programsNamed } from '../programs.ts'
import type { AwsCliFacts } from './checks/aws-cli.ts'

/** It is a Python program, and may be started from a slow disk for the first time. */
const PATIENCE_MS = 20_000

type Env = Readonly<Record<string, string | undefined>>

/** @returns null when there is none on PATH */
export async function findAwsCli(env: Env): Promise<AwsCliFacts | null> {
  const [path] = programsNamed('aws', env)
  return path === undefined ? null : { path, version: await versionOf(path, env) }
}

function versionOf(path: string, env: Env): Promise<string | null> {
  const kept = Object.entries(env).filter(([name]) => !/^(AWS_|HALLPASS_)/i.test(name))
  const options = { env: Object.fromEntries(kept), timeout: PATIENCE_MS, windowsHide: true, encoding: 'utf8' } as const
  return new Promise((resolve) => {
    withDumpsAsBefore(() =>
      execFile(path, ['--version'], options, (_error, stdout, stderr) => {
        // Version 1 said it on standard error.
        resolve(/aws-cli\/(\d+\.\d+[\w.]*)/.exec(`${stdout} ${stderr}`)?.[1] ?? null)
      }),
    )
  })
}
