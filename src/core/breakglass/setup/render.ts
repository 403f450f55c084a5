/** A plan as something else applies it: commands of the AWS CLI, or a CloudFormation template. Neither holds a secret. */
import type { PlannedCall, SetupPlan } from '#shared/breakglass-setup.ts'
import { quoteForShell } from '../../shell-quote.ts'
import { policyArn, powerUserArn, trustPolicy, userArnOf } from './documents.ts'

/** For a POSIX shell; what is there already is left out. Secrets are typed, or end up in the AWS CLI's own answers. */
export function planAsCommands(plan: SetupPlan): string {
  const { accountId, choices } = plan
  const lines = [
    '#!/bin/sh',
    `# Emergency access in account ${accountId}. To be run by somebody with IAM rights there.`,
    'set -eu',
  ]
  for (const step of plan.steps) {
    if (step.state === 'differs') lines.push(`# ${step.subject}: left as it is. ${step.reason ?? ''}`)
    if (step.state !== 'to-do') continue
    switch (step.id) {
      case 'password':
        lines.push(
          "printf 'Password for the console, without quotes and backslashes: '; stty -echo; read -r password; stty echo; echo",
          // Not as an argument, which every user of the computer could read.
          `printf '{"UserName":"%s","Password":"%s","PasswordResetRequired":false}' ${quoteForShell(choices.user)} "$password" |`,
          '  aws iam create-login-profile --cli-input-json file:///dev/stdin',
        )
        break
      case 'policy':
        lines.push(...powerUserCopy(plan))
        break
      case 'mfa-device':
        lines.push(
          `aws iam create-virtual-mfa-device --virtual-mfa-device-name ${quoteForShell(choices.user)} --outfile ${quoteForShell(`${choices.user}-mfa.png`)} --bootstrap-method QRCodePNG`,
          "printf 'Scan the picture. Two codes that follow each other: '; read -r first second",
          `aws iam enable-mfa-device --user-name ${quoteForShell(choices.user)} --serial-number arn:${plan.partition}:iam::${accountId}:mfa/${choices.user} --authentication-code1 "$first" --authentication-code2 "$second"`,
        )
        break
      case 'access-key':
        lines.push('# Shown once, and a long-term key: take it into a vault at once.')
        lines.push(...step.calls.map(commandOf))
        break
      case 'role':
        lines.push(
          `aws iam wait user-exists --user-name ${quoteForShell(choices.user)}`,
          'sleep 15',
          ...step.calls.map(commandOf),
        )
        break
      default:
        lines.push(...step.calls.map(commandOf))
    }
  }
  return `${lines.join('\n')}\n`
}

function powerUserCopy({ partition, choices }: SetupPlan): string[] {
  const arn = powerUserArn(partition)
  return [
    `version=$(aws iam get-policy --policy-arn ${arn} --query Policy.DefaultVersionId --output text)`,
    `document=$(aws iam get-policy-version --policy-arn ${arn} --version-id "$version" --query PolicyVersion.Document --output json)`,
    `aws iam create-policy --policy-name ${quoteForShell(choices.policy ?? '')} --policy-document "$document"`,
  ]
}

/** Of a call without a secret: those with one are written above. */
function commandOf({ operation, input }: PlannedCall): string {
  const kebab = (text: string) =>
    text
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
      .replaceAll(/(?<=[A-Z])(?=[A-Z][a-z])/g, '-')
      .toLowerCase()
  const options = Object.entries(input).map(([name, value]) => `--${kebab(name)} ${quoteForShell(String(value))}`)
  return ['aws iam', kebab(operation), ...options].join(' ')
}

/**
 * The parts CloudFormation can make, all of them, whatever is there: it refuses what exists. Passwords, keys and MFA
 * devices are made by hand afterwards: a template would show them to everybody who can read the stack.
 */
export function planAsCloudFormation({ accountId, partition, choices }: SetupPlan): string {
  const trust: unknown = JSON.parse(trustPolicy(userArnOf(partition, accountId, choices.user), choices))
  const resources: Record<string, unknown> = {
    EmergencyGroup: {
      Type: 'AWS::IAM::Group',
      Properties: { GroupName: choices.group, ManagedPolicyArns: [policyArn(partition, choices.groupPolicy)] },
    },
    EmergencyUser: {
      Type: 'AWS::IAM::User',
      Properties: { UserName: choices.user, Groups: [{ Ref: 'EmergencyGroup' }] },
    },
    ...(choices.role === null
      ? {}
      : {
          EmergencyRole: {
            Type: 'AWS::IAM::Role',
            DependsOn: 'EmergencyUser',
            Properties: {
              RoleName: choices.role,
              AssumeRolePolicyDocument: trust,
              ManagedPolicyArns: [policyArn(partition, choices.rolePolicy)],
            },
          },
        }),
  }
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description:
      `Emergency access in account ${accountId}. Made by hand afterwards: the console password of ${choices.user}` +
      `${choices.withMfa ? ', its MFA device' : ''}${choices.withAccessKey ? ', its access key' : ''}` +
      `${choices.policy === null ? '' : `, and ${choices.policy} as a copy of PowerUserAccess`}.`,
    Resources: resources,
  }
  return `${JSON.stringify(template, null, 2)}\n`
}
