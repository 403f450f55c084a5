import { describe, expect, it } from 'vitest'
import type { FederationTokenRequest, StsCall } from '#core/aws/index.ts'
import { federateUser } from '#core/federated-user.ts'
import type { CredentialsOptions } from '#core/sessions/service.ts'
import type { AccessKeyIdentity } from '#shared/identities.ts'
import { createWorld } from './sessions/world.ts'

async function federate(edit: Partial<AccessKeyIdentity> = {}, options: CredentialsOptions = {}) {
  const world = createWorld()
  const identity = world.identity(edit)
  const calls: { call: StsCall; request: FederationTokenRequest }[] = []
  const expiration = new Date('2026-11-24T10:00:00Z')
  const sts = {
    getFederationToken: async (call: StsCall, request: FederationTokenRequest) => {
      calls.push({ call, request })
      return { accessKeyId: 'ASIAX', secretAccessKey: 's', sessionToken: 't', expiration }
    },
  }
  const vault = { ...world.vault, get: async () => 'planted-secret' }
  const federated = await federateUser({ vault, sts }, identity, options)
  return { identity, federated, call: calls[0]?.call, request: calls[0]?.request }
}

describe('what AWS is asked for', () => {
  it('the user itself, with all its rights, for an hour, signed with its key', async () => {
    const { identity, call, request, federated } = await federate({
      userArn: 'arn:aws:iam::987654321098:user/team/dana.whitfield',
    })
    expect(call?.credentials).toEqual({ accessKeyId: identity.accessKeyId, secretAccessKey: 'planted-secret' })
    expect(request).toEqual({
      name: 'dana.whitfield',
      durationSeconds: 3600,
      policyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    })
    expect(federated).toMatchObject({ partition: 'aws', credentials: { roleArn: null, assumedRoleArn: null } })
  })

  it('less, and for longer, when told so', async () => {
    const { request } = await federate({}, { readOnly: true, durationSeconds: 129_600 })
    expect(request).toMatchObject({
      durationSeconds: 129_600,
      policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    })
  })

  it('in its own partition', async () => {
    const { request, federated } = await federate({ userArn: 'arn:aws-cn:iam::987654321098:user/dana', region: null })
    expect(request?.policyArns).toEqual(['arn:aws-cn:iam::aws:policy/AdministratorAccess'])
    expect(federated.partition).toBe('aws-cn')
    expect((await federate({ userArn: null, region: 'us-gov-west-1' })).federated.partition).toBe('aws-us-gov')
    expect((await federate({ userArn: null, region: null })).federated.partition).toBe('aws')
  })

  it.each([
    ['d', 'hallpass-d'],
    ['x'.repeat(64), 'x'.repeat(32)],
    ['dana+ops=,.@-_', 'dana+ops=,.@-_'],
  ])('under a name that AWS takes: %s', async (user, name) => {
    const { request } = await federate({ userArn: `arn:aws:iam::987654321098:user/${user}` })
    expect(request?.name).toBe(name)
  })
})
