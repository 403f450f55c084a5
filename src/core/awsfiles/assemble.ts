/** Puts the AWS files together: those in force, and those that other settings name. Edits of either are recorded. */
import type { ActivityLog } from '../activity/index.ts'
import { recordAwsFiles } from '../activity/record-services.ts'
import type { OwnedProfileRecord, Store } from '../store/types.ts'
import { type AwsFileLocations, locateAwsFiles } from './locations.ts'
import type { AwsFilesOptions } from './profile-files.ts'
import { type AwsFiles, createAwsFiles } from './profiles.ts'
import { createSsoSections, type SsoSections } from './sso-section.ts'

export interface AwsFilesParts extends Omit<AwsFilesOptions, 'profiles' | 'fs'> {
  readonly store: Store
  readonly activity: ActivityLog
}

export interface AssembledAwsFiles {
  readonly located: AwsFileLocations
  /** The files in force. */
  readonly files: AwsFiles
  /** The files that a profile was written to. */
  readonly filesOf: (record: OwnedProfileRecord) => AwsFiles
  readonly sections: SsoSections
}

export function assembleAwsFiles({ store, activity, ...parts }: AwsFilesParts): AssembledAwsFiles {
  const { env, home } = parts
  const options = { ...parts, profiles: store.profiles }
  const located = locateAwsFiles(env, home)
  const filesAt = (config: string, credentials: string): AwsFiles => {
    const place = { ...env, AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials }
    return recordAwsFiles(createAwsFiles({ ...options, env: place }), store, activity)
  }
  return {
    located,
    files: filesAt(located.config, located.credentials),
    filesOf: ({ configFile, credentialsFile }) => filesAt(configFile, credentialsFile ?? located.credentials),
    sections: createSsoSections(options, store.ssoSessions),
  }
}
