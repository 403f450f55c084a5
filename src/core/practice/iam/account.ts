/** The account's alias and summary. */
import { FieldChecks } from '../limits.ts'
import type { ResultFields } from '../query.ts'
import { Refusal } from '../refusal.ts'
import { type IamAction, type IamCall, noSuchEntity, pageOf, rolesOf } from './call.ts'

const ALIAS = { min: 3, max: 63, pattern: '[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]' }

function aliasOf({ parameters }: IamCall): string {
  const checks = new FieldChecks()
  const alias = checks.required('accountAlias', parameters.get('AccountAlias'), ALIAS)
  checks.finish()
  return alias
}

/** An account has one alias at most: another one takes its place. */
function createAlias(call: IamCall): ResultFields {
  const alias = aliasOf(call)
  if (call.iam.alias === alias)
    throw new Refusal(409, 'EntityAlreadyExists', `The account alias ${alias} already exists.`)
  call.iam.alias = alias
  return {}
}

function deleteAlias(call: IamCall): ResultFields {
  const alias = aliasOf(call)
  if (call.iam.alias !== alias) throw noSuchEntity(`The account alias ${alias} cannot be found.`)
  call.iam.alias = undefined
  return {}
}

function summary({ directory, iam, accountId }: IamCall): ResultFields {
  const users = directory.users(accountId)
  const counts = {
    Users: users.length,
    Groups: iam.groups.size,
    Roles: rolesOf(directory, accountId).length,
    Policies: iam.policies.size,
    MFADevices: iam.devices.size,
    MFADevicesInUse: [...iam.devices.values()].filter(({ user }) => user).length,
    AccountMFAEnabled: 1,
    AccountAccessKeysPresent: 0,
    AccountPasswordPresent: 1,
  }
  return { SummaryMap: new Map(Object.entries(counts)) }
}

export const ACCOUNT_ACTIONS: Readonly<Record<string, IamAction>> = {
  CreateAccountAlias: { run: createAlias },
  ListAccountAliases: {
    run: (call) => pageOf(call, 'AccountAliases', call.iam.alias === undefined ? [] : [call.iam.alias]),
  },
  DeleteAccountAlias: { run: deleteAlias },
  GetAccountSummary: { run: summary },
}
