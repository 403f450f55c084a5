/**
 * The IAM calls Hallpass makes, through the AWS SDK, set up like its STS calls (client-settings.ts). Every failure leaves
 * as a HallpassError that explains it; the SDK is loaded at the first call.
 */
import type * as Iam from '@aws-sdk/client-iam'
import { type PartitionId, partitionById } from '#shared/partitions.ts'
import { clientConfig, type OnAnswer, type SigningCredentials, watchAnswers } from './client-settings.ts'
import { type Env, iamEndpoint, regionPartition } from './endpoints.ts'
import { explainIamError } from './explain-iam.ts'

/** Who signs a call, where it goes, and the name a failure uses. */
export interface IamCaller {
  readonly credentials: SigningCredentials
  readonly partition: PartitionId
  /** Name of the identity. */
  readonly name: string
}

/** Every operation used, with what it takes and gives (IAM API reference). */
export interface IamOperations {
  AddUserToGroup: [Iam.AddUserToGroupCommandInput, Iam.AddUserToGroupCommandOutput]
  AttachGroupPolicy: [Iam.AttachGroupPolicyCommandInput, Iam.AttachGroupPolicyCommandOutput]
  AttachRolePolicy: [Iam.AttachRolePolicyCommandInput, Iam.AttachRolePolicyCommandOutput]
  ChangePassword: [Iam.ChangePasswordCommandInput, Iam.ChangePasswordCommandOutput]
  CreateAccessKey: [Iam.CreateAccessKeyCommandInput, Iam.CreateAccessKeyCommandOutput]
  CreateGroup: [Iam.CreateGroupCommandInput, Iam.CreateGroupCommandOutput]
  CreateLoginProfile: [Iam.CreateLoginProfileCommandInput, Iam.CreateLoginProfileCommandOutput]
  CreatePolicy: [Iam.CreatePolicyCommandInput, Iam.CreatePolicyCommandOutput]
  CreateRole: [Iam.CreateRoleCommandInput, Iam.CreateRoleCommandOutput]
  CreateUser: [Iam.CreateUserCommandInput, Iam.CreateUserCommandOutput]
  CreateVirtualMFADevice: [Iam.CreateVirtualMFADeviceCommandInput, Iam.CreateVirtualMFADeviceCommandOutput]
  DeactivateMFADevice: [Iam.DeactivateMFADeviceCommandInput, Iam.DeactivateMFADeviceCommandOutput]
  DeleteAccessKey: [Iam.DeleteAccessKeyCommandInput, Iam.DeleteAccessKeyCommandOutput]
  DeleteGroup: [Iam.DeleteGroupCommandInput, Iam.DeleteGroupCommandOutput]
  DeleteLoginProfile: [Iam.DeleteLoginProfileCommandInput, Iam.DeleteLoginProfileCommandOutput]
  DeletePolicy: [Iam.DeletePolicyCommandInput, Iam.DeletePolicyCommandOutput]
  DeleteRole: [Iam.DeleteRoleCommandInput, Iam.DeleteRoleCommandOutput]
  DeleteUser: [Iam.DeleteUserCommandInput, Iam.DeleteUserCommandOutput]
  DeleteVirtualMFADevice: [Iam.DeleteVirtualMFADeviceCommandInput, Iam.DeleteVirtualMFADeviceCommandOutput]
  DetachGroupPolicy: [Iam.DetachGroupPolicyCommandInput, Iam.DetachGroupPolicyCommandOutput]
  DetachRolePolicy: [Iam.DetachRolePolicyCommandInput, Iam.DetachRolePolicyCommandOutput]
  EnableMFADevice: [Iam.EnableMFADeviceCommandInput, Iam.EnableMFADeviceCommandOutput]
  GenerateCredentialReport: [Iam.GenerateCredentialReportCommandInput, Iam.GenerateCredentialReportCommandOutput]
  GetAccessKeyLastUsed: [Iam.GetAccessKeyLastUsedCommandInput, Iam.GetAccessKeyLastUsedCommandOutput]
  GetAccountPasswordPolicy: [Iam.GetAccountPasswordPolicyCommandInput, Iam.GetAccountPasswordPolicyCommandOutput]
  GetCredentialReport: [Iam.GetCredentialReportCommandInput, Iam.GetCredentialReportCommandOutput]
  GetGroup: [Iam.GetGroupCommandInput, Iam.GetGroupCommandOutput]
  GetLoginProfile: [Iam.GetLoginProfileCommandInput, Iam.GetLoginProfileCommandOutput]
  GetPolicy: [Iam.GetPolicyCommandInput, Iam.GetPolicyCommandOutput]
  GetPolicyVersion: [Iam.GetPolicyVersionCommandInput, Iam.GetPolicyVersionCommandOutput]
  GetRole: [Iam.GetRoleCommandInput, Iam.GetRoleCommandOutput]
  GetUser: [Iam.GetUserCommandInput, Iam.GetUserCommandOutput]
  ListAccessKeys: [Iam.ListAccessKeysCommandInput, Iam.ListAccessKeysCommandOutput]
  ListAccountAliases: [Iam.ListAccountAliasesCommandInput, Iam.ListAccountAliasesCommandOutput]
  ListAttachedGroupPolicies: [Iam.ListAttachedGroupPoliciesCommandInput, Iam.ListAttachedGroupPoliciesCommandOutput]
  ListAttachedRolePolicies: [Iam.ListAttachedRolePoliciesCommandInput, Iam.ListAttachedRolePoliciesCommandOutput]
  ListGroupsForUser: [Iam.ListGroupsForUserCommandInput, Iam.ListGroupsForUserCommandOutput]
  ListMFADevices: [Iam.ListMFADevicesCommandInput, Iam.ListMFADevicesCommandOutput]
  ListVirtualMFADevices: [Iam.ListVirtualMFADevicesCommandInput, Iam.ListVirtualMFADevicesCommandOutput]
  RemoveUserFromGroup: [Iam.RemoveUserFromGroupCommandInput, Iam.RemoveUserFromGroupCommandOutput]
  UpdateAccessKey: [Iam.UpdateAccessKeyCommandInput, Iam.UpdateAccessKeyCommandOutput]
  UpdateLoginProfile: [Iam.UpdateLoginProfileCommandInput, Iam.UpdateLoginProfileCommandOutput]
}
export type IamOperation = keyof IamOperations

export interface IamCalls {
  /**
   * @throws `iam.*`, `sts.key-unknown`, `sts.secret-wrong`, `aws.*`, `network.*`, and `usage.invalid` for a bad endpoint
   *   override
   */
  send<N extends IamOperation>(
    caller: IamCaller,
    operation: N,
    input: IamOperations[N][0],
  ): Promise<IamOperations[N][1]>
}

/**
 * Sent once: repeated after a lost answer, they would be refused for what they made themselves, or leave something behind
 * that nobody knows the secret of. Whoever calls them finds out what became of one that had no answer.
 */
const ONCE = /^(Create|Enable)/

/** IAM for one environment; only the endpoint overrides are read from it. */
export function createIam(env: Env, onAnswer?: OnAnswer): IamCalls {
  return {
    async send(caller, operation, input) {
      const partition = partitionById(caller.partition) ?? regionPartition('us-east-1')
      const endpoint = iamEndpoint(env, partition)
      const sdk = await import('@aws-sdk/client-iam')
      const attempts = ONCE.test(operation) ? 1 : undefined
      const client = new sdk.IAMClient(clientConfig(caller.credentials, endpoint.region, endpoint.url, attempts))
      watchAnswers(client, onAnswer)
      try {
        const Command = sdk[`${operation}Command`] as unknown as new (
          input: object,
        ) => Parameters<typeof client.send>[0]
        return (await client.send(new Command(input))) as never
      } catch (error) {
        const { secretAccessKey, sessionToken } = caller.credentials
        const context = {
          operation,
          caller: caller.name,
          host: endpoint.host,
          ...('variable' in endpoint ? { variable: endpoint.variable } : {}),
        }
        throw explainIamError(error, context, [secretAccessKey, sessionToken ?? '', ...secretsIn(input)])
      } finally {
        client.destroy()
      }
    },
  }
}

/** Passwords are the only secrets that calls of IAM carry. */
function secretsIn(input: object): string[] {
  return Object.entries(input).flatMap(([name, value]) =>
    /Password$/.test(name) && typeof value === 'string' ? [value] : [],
  )
}
