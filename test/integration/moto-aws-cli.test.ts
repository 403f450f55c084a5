/** The main job as a person does it, against moto: key, role, profile; then every AWS CLI here uses it, in both modes. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsClis } from '../support/aws-clis.ts'
import { createUser, type Moto, motoMissing, startMoto } from '../support/moto.ts'
import { builtCli } from './cli-support/built.ts'
import { type CliRun, runCli, runProgram } from './cli-support/run.ts'

const clis = awsClis()
const missing = motoMissing ?? (clis.length === 0 ? 'no AWS CLI is installed' : undefined)
if (missing) process.stderr.write(`skipped: the AWS CLI against moto (${missing})\n`)

describe.skipIf(missing)('the AWS CLI against moto', () => {
  let moto: Moto
  const cli = builtCli()
  let folder: string
  let env: Record<string, string | undefined>

  const hallpass = async (words: readonly string[], stdin?: string): Promise<CliRun> => {
    const run = await runCli(cli.entry, words, { env, ...(stdin === undefined ? {} : { stdin }) })
    expect(run.exitCode, run.stderr).toBe(0)
    return run
  }

  beforeAll(async () => {
    moto = await startMoto()
    folder = await mkdtemp(join(tmpdir(), 'moto-cli-'))
    env = {
      ...process.env,
      HALLPASS_HOME: join(folder, 'state'),
      AWS_CONFIG_FILE: join(folder, 'aws/config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws/credentials'),
      AWS_ENDPOINT_URL: moto.endpoint,
    }
    const { accessKeyId, secretAccessKey } = await createUser(moto.endpoint, 'dana')
    await hallpass(['identity', 'add', 'dana', '--access-key-id', accessKeyId], secretAccessKey)
    const arn = 'arn:aws:iam::111111111111:role/team/Reader'
    await hallpass(['role', 'add', 'reader', '--arn', arn, '--from', 'dana', '--region', 'eu-west-1'])
  })

  afterAll(async () => {
    await moto?.stop()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  describe.each(['process', 'static'] as const)('profile mode %s', (mode) => {
    beforeAll(async () => void (await hallpass(['profile', 'write', 'reader', '--mode', mode])))

    it.each(clis)('$version answers with the assumed role', async ({ program }) => {
      const words = ['sts', 'get-caller-identity', '--profile', 'reader', '--endpoint-url', moto.endpoint]
      const answer = await runProgram(program, words, { env })
      expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
      expect(JSON.parse(answer.stdout)).toMatchObject({
        Account: '111111111111',
        Arn: 'arn:aws:sts::111111111111:assumed-role/Reader/hallpass-dana',
      })
    })

    it('has keys on disk in static mode only', async () => {
      const text = await readFile(join(folder, 'aws/credentials'), 'utf8').catch(() => '')
      expect(text.includes('aws_secret_access_key')).toBe(mode === 'static')
    })
  })
})
