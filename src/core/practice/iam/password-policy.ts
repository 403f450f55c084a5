/** What a password has to be: the account's own policy, or AWS's default (facts F.2). */
import type { ResultFields } from '../query.ts'
import { Refusal } from '../refusal.ts'
import type { PasswordPolicy } from './account-state.ts'
import { type IamAction, type IamCall, noSuchEntity } from './call.ts'

/** IAM's list, as GetAccountPasswordPolicy documents it. */
const SYMBOL = /[!@#$%^&*()_+\-=[\]{}|']/

/** @throws Refusal PasswordPolicyViolation */
export function checkPassword(password: string, policy: PasswordPolicy | undefined): void {
  const refuse = (message: string) => {
    throw new Refusal(400, 'PasswordPolicyViolation', message)
  }
  const has = { upper: /[A-Z]/, lower: /[a-z]/, number: /\d/, symbol: SYMBOL }
  if (!policy) {
    const classes = Object.values(has).filter((pattern) => pattern.test(password)).length
    if (password.length < 8) refuse('Password should have a minimum length of 8')
    if (classes < 3) refuse('Password should have at least three of: uppercase, lowercase, number, symbol')
    return
  }
  if (password.length < policy.minimumLength) refuse(`Password should have a minimum length of ${policy.minimumLength}`)
  if (policy.upperCase && !has.upper.test(password)) refuse('Password should have at least one uppercase letter')
  if (policy.lowerCase && !has.lower.test(password)) refuse('Password should have at least one lowercase letter')
  if (policy.numbers && !has.number.test(password)) refuse('Password should have at least one number')
  if (policy.symbols && !has.symbol.test(password)) refuse('Password should have at least one of the symbols')
}

function shown(policy: PasswordPolicy): ResultFields {
  return {
    MinimumPasswordLength: policy.minimumLength,
    RequireSymbols: policy.symbols,
    RequireNumbers: policy.numbers,
    RequireUppercaseCharacters: policy.upperCase,
    RequireLowercaseCharacters: policy.lowerCase,
    AllowUsersToChangePassword: policy.usersMayChange,
    ExpirePasswords: policy.maxAgeDays !== undefined,
    MaxPasswordAge: policy.maxAgeDays,
    PasswordReusePrevention: policy.reusePrevention,
    HardExpiry: false,
  }
}

function read({ parameters }: IamCall): PasswordPolicy {
  const flag = (name: string) => parameters.get(name) === 'true'
  const count = (name: string) => (parameters.get(name) === undefined ? undefined : Number(parameters.get(name)))
  return {
    minimumLength: count('MinimumPasswordLength') ?? 6,
    symbols: flag('RequireSymbols'),
    numbers: flag('RequireNumbers'),
    upperCase: flag('RequireUppercaseCharacters'),
    lowerCase: flag('RequireLowercaseCharacters'),
    usersMayChange: flag('AllowUsersToChangePassword'),
    maxAgeDays: count('MaxPasswordAge'),
    reusePrevention: count('PasswordReusePrevention'),
  }
}

const none = ({ accountId }: IamCall) =>
  noSuchEntity(`The Password Policy with domain name ${accountId} cannot be found.`)

export const PASSWORD_POLICY_ACTIONS: Readonly<Record<string, IamAction>> = {
  GetAccountPasswordPolicy: {
    self: true,
    run: (call) => {
      if (!call.iam.passwordPolicy) throw none(call)
      return { PasswordPolicy: shown(call.iam.passwordPolicy) }
    },
  },
  UpdateAccountPasswordPolicy: {
    run: (call) => {
      call.iam.passwordPolicy = read(call)
      return {}
    },
  },
  DeleteAccountPasswordPolicy: {
    run: (call) => {
      if (!call.iam.passwordPolicy) throw none(call)
      call.iam.passwordPolicy = undefined
      return {}
    },
  },
}
