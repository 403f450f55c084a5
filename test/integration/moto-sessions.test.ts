import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSts } from '#core/aws/index.ts'
import { createUser, type Moto, motoMissing, startMoto } from '../support/moto.ts'
import { openScenario, type SessionScenario } from '../support/session-scenario.ts'

if (motoMissing) process.stderr.write(`skipped: sessions against moto (${motoMissing})\n`)

describe.skipIf(motoMissing)('sessions against moto', () => {
  let moto: Moto
  let scenario: SessionScenario
  let env: Record<string, string>

  beforeAll(async () => {
    moto = await startMoto()
    env = { AWS_ENDPOINT_URL: moto.endpoint }
    scenario = openScenario(env)
  })

  afterAll(async () => {
    scenario?.close()
    await moto?.stop()
  })

  it('verifies a key, assumes a role and a role from it, and uses both', async () => {
    const user = await createUser(moto.endpoint, 'dana')
    const dana = await scenario.addIdentity({ name: 'dana', mfaSerial: null, ...user })
    expect(dana).toMatchObject({
      verified: true,
      accountId: '123456789012',
      userArn: 'arn:aws:iam::123456789012:user/dana',
    })
    const first = scenario.addRole('first', 'arn:aws:iam::111111111111:role/team/First', dana, { region: 'eu-west-1' })
    scenario.addRole('second', 'arn:aws:iam::222222222222:role/Second', first, { externalId: 'ext' })
    const credentials = await scenario.engine.credentials('second')
    const sts = createSts(env)
    await expect(sts.getCallerIdentity(credentials, { region: null, name: 'dana' })).resolves.toMatchObject({
      accountId: '222222222222',
      arn: 'arn:aws:sts::222222222222:assumed-role/Second/hallpass-dana',
    })
    expect(scenario.engine.list().map(({ name, state }) => [name, state])).toEqual(
      expect.arrayContaining([
        ['first', 'active'],
        ['second', 'active'],
      ]),
    )
  })
})
