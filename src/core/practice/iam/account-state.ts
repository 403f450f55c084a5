/** What IAM keeps of one account beside users, keys and roles: groups, policies, passwords, devices, its alias. */
import type { User } from '../directory.ts'
import type { MfaDevice } from '../mfa.ts'

export interface Group {
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly groupId: string
  readonly createdAt: number
  readonly members: Set<User>
}

export interface Policy {
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly policyId: string
  readonly document: string
  readonly description?: string | undefined
  readonly createdAt: number
}

export interface LoginProfile {
  readonly password: string
  readonly createdAt: number
  /** When the password was last set. */
  readonly changedAt: number
  readonly resetRequired: boolean
}

/** A custom policy for passwords; what is left out is off. */
export interface PasswordPolicy {
  readonly minimumLength: number
  readonly symbols: boolean
  readonly numbers: boolean
  readonly upperCase: boolean
  readonly lowerCase: boolean
  readonly usersMayChange: boolean
  readonly maxAgeDays?: number | undefined
  readonly reusePrevention?: number | undefined
}

export interface AssignableDevice {
  readonly device: MfaDevice
  /** None while it is unassigned. */
  readonly user: User | undefined
}

export class IamAccount {
  /** By name in lower case: names are unique ignoring case. */
  readonly groups = new Map<string, Group>()
  readonly policies = new Map<string, Policy>()
  /** ARNs of managed policies, by the ARN of the user, group or role they are attached to. */
  readonly attached = new Map<string, Set<string>>()
  readonly logins = new Map<User, LoginProfile>()
  /** Virtual devices by serial. */
  readonly devices = new Map<string, AssignableDevice>()
  alias: string | undefined
  /** The credential report, once one was made. */
  report: { readonly text: string; readonly at: number } | undefined
  passwordPolicy: PasswordPolicy | undefined
  /** Every password there has been. */
  readonly passwords: string[] = []

  attachedTo(arn: string): Set<string> {
    const known = this.attached.get(arn)
    if (known) return known
    const made = new Set<string>()
    this.attached.set(arn, made)
    return made
  }
}
