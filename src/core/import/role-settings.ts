/** The settings of a profile that a role takes over, and those that it can't. */
import type { z } from 'zod'
import { externalIdField, profileNameField, regionField, roleDurationField, sessionNameField } from '#shared/fields.ts'
import { partitionOfRegion } from '#shared/partitions.ts'
import type { RoleSettings } from '#shared/roles.ts'
import { setting } from '../awsfiles/chain/settings.ts'
import type { RoleStep } from '../awsfiles/chain/types.ts'
import type { Values } from '../awsfiles/readers/types.ts'

/** The name of its profile is kept, so that adopting the profile finds the role. */
export function roleSettings(
  step: Pick<RoleStep, 'profile' | 'durationSeconds' | 'sessionName' | 'externalId'>,
  values: Values | undefined,
  partition: string,
): { readonly settings: Partial<RoleSettings>; readonly notes: string[] } {
  const notes: string[] = []
  const settings: Partial<RoleSettings> = {}
  const take = <K extends keyof RoleSettings>(
    key: K,
    field: z.ZodType<NonNullable<RoleSettings[K]>>,
    value: unknown,
    what: string,
  ): void => {
    if (value === undefined) return
    const parsed = field.safeParse(value)
    if (parsed.success) settings[key] = parsed.data
    else notes.push(`Its ${what} is left out: AWS would not take it.`)
  }
  const profile = profileNameField.safeParse(step.profile)
  if (profile.success) settings.profile = profile.data
  const region = setting(values, 'region')
  if (region !== undefined && partitionOfRegion(region) && partitionOfRegion(region)?.id !== partition) {
    notes.push(`Its region is left out: ${region} is in another partition than the role.`)
  } else take('region', regionField, region, 'region')
  take('durationSeconds', roleDurationField, step.durationSeconds, 'duration_seconds')
  take('sessionName', sessionNameField, step.sessionName, 'role_session_name')
  take('externalId', externalIdField, step.externalId, 'external_id')
  return { settings, notes }
}
