/**
 * A small company whose accounts have names, with chains, and a device whose codes nobody has to type. Set up through
 * core in the test's own process, which takes a fraction of the time that as many commands would.
 */
import { createHallpass } from '#core/create-hallpass.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { createLog } from '#core/log.ts'
import { practiceRole, REGION } from './steps.ts'
import { DANA, root, type World } from './world.ts'

/** Opens core on the world's state folder, for as long as `work` takes. */
export async function withCore<T>(world: World, work: (hallpass: Hallpass) => Promise<T> | T): Promise<T> {
  const hallpass = await createHallpass({
    env: { ...world.env, HALLPASS_NO_AGENT: '1' },
    command: [process.execPath, `${root}/out/cli/hallpass.cjs`],
    log: createLog(() => {}),
    mfaPrompt: () => Promise.reject(new Error('nobody to ask')),
  })
  try {
    return await work(hallpass)
  } finally {
    hallpass.close()
  }
}

/** Accounts of prod, staging, sandbox and identity have names; acme-data has none, and nobody has said what it is for. */
export async function setUpCompany(world: World): Promise<void> {
  const arn = (account: string, name: string) => practiceRole(world, account, name)
  await withCore(world, async ({ identities, mfa, roles, accounts }) => {
    const dana = world.practice.user(DANA)
    const { accessKeyId, secretAccessKey, mfaSerial, totpSeed } = dana
    await identities.add({ name: 'dana', accessKeyId, secretAccessKey, ...(mfaSerial === null ? {} : { mfaSerial }) })
    if (totpSeed) await mfa.addSeed('dana', totpSeed)
    const bot = world.practice.user('deploy-bot')
    await identities.add({
      name: 'deploy-bot',
      accessKeyId: bot.accessKeyId,
      secretAccessKey: bot.secretAccessKey,
    })
    const add = (name: string, ofArn: string, more: object = {}) =>
      roles.add({ name, arn: ofArn, from: 'dana', region: REGION, ...more })
    add('prod-read-only', arn('acme-prod', 'ReadOnly'))
    add('staging-deploy', arn('acme-staging', 'Deploy'), { durationSeconds: 14_400 })
    add('sandbox-admin', arn('acme-sandbox', 'PlatformAdmin'))
    add('data-engineer', arn('acme-data', 'DataEngineer'), { externalId: 'acme-ops-2291' })
    add('org-access', arn('acme-identity', 'OrgAccess'), { mfa: true, environment: 'other' })
    add('staging-admin', arn('acme-staging', 'PlatformAdmin'), {
      from: 'org-access',
      externalId: 'acme-ops-2291',
      sessionName: 'dana.whitfield',
    })
    add('bot-deploy', arn('acme-staging', 'Deploy'), { from: 'deploy-bot', mfa: true, region: undefined })
    for (const { accountName, arn: ofArn } of world.practice.roles) {
      if (accountName !== 'acme-data') accounts.change(ofArn.split(':')[4] ?? '', { name: accountName })
    }
  })
}
