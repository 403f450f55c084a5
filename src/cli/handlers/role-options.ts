/** Reads the settings of a role from options, for `role add` and `role edit`. */
import { readSmallFile } from '#core/small-file.ts'
import { HallpassError } from '#shared/errors.ts'
import type { RoleEdit } from '#shared/roles.ts'
import type { Invocation } from '../invocation.ts'
import { readDuration } from './duration-option.ts'

/** A session policy has at most 2,048 characters; whatever is longer than this is another file. */
const LARGEST_POLICY_BYTES = 64 * 1024

/**
 * The settings given: absent ones are left out, cleared ones are `null`.
 * @throws `usage.invalid` for a malformed duration or tag, `file.*` for the policy file
 */
export async function readRoleOptions(invocation: Invocation): Promise<RoleEdit> {
  const edit: RoleEdit = {}
  for (const field of ['profile', 'region', 'sessionName', 'externalId', 'sourceIdentity', 'color'] as const) {
    if (invocation.cleared(field)) edit[field] = null
    else set(edit, field, invocation.text(field))
  }
  if (invocation.cleared('environment')) edit.environment = null
  // The parser has checked the choice.
  else set(edit, 'environment', invocation.text('environment') as RoleEdit['environment'])
  if (invocation.cleared('duration')) edit.durationSeconds = null
  else set(edit, 'durationSeconds', readDuration(invocation))
  set(edit, 'mfa', invocation.flag('mfa'))
  set(edit, 'autoRenew', invocation.flag('renew'))
  if (invocation.cleared('tag')) edit.tags = null
  else set(edit, 'tags', nonEmpty(invocation.list('tag').map(readTag)))
  if (invocation.cleared('transitive')) edit.transitiveTagKeys = null
  else set(edit, 'transitiveTagKeys', nonEmpty([...invocation.list('transitive')]))
  if (invocation.cleared('policyArn')) edit.policyArns = null
  else set(edit, 'policyArns', nonEmpty([...invocation.list('policyArn')]))
  const policyFile = invocation.text('policy')
  if (invocation.cleared('policy')) edit.policy = null
  else if (policyFile !== undefined) {
    edit.policy = (await readSmallFile(policyFile, LARGEST_POLICY_BYTES)).toString().trim()
  }
  return edit
}

function set<K extends keyof RoleEdit>(edit: RoleEdit, field: K, value: RoleEdit[K] | undefined): void {
  if (value !== undefined) edit[field] = value
}

function nonEmpty<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined
}

function readTag(text: string): { key: string; value: string } {
  const at = text.indexOf('=')
  if (at < 1) {
    throw new HallpassError('usage.invalid', `The tag ${text} has no value.`, { hint: 'Write it as --tag key=value.' })
  }
  return { key: text.slice(0, at), value: text.slice(at + 1) }
}
