/** The AWS-managed policies the practice account knows; their documents are shorter than AWS's, and say the same. */

const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 4)
const allow = (...actions: readonly string[]) => ({ Effect: 'Allow', Action: actions, Resource: '*' })

/** By what follows `policy` in their ARN. */
export const MANAGED_POLICIES: ReadonlyMap<string, string> = new Map([
  ['/AdministratorAccess', document(allow('*'))],
  [
    '/PowerUserAccess',
    document(
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      allow(
        'account:GetAccountInformation',
        'account:ListRegions',
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeOrganization',
      ),
    ),
  ],
  ['/ReadOnlyAccess', document(allow('*:Get*', '*:List*', '*:Describe*'))],
  ['/IAMFullAccess', document(allow('iam:*', 'organizations:DescribeAccount'))],
  ['/IAMUserChangePassword', document(allow('iam:ChangePassword', 'iam:GetAccountPasswordPolicy'))],
  ['/job-function/SupportUser', document(allow('support:*', 'trustedadvisor:Describe*', 'ec2:Describe*'))],
])
