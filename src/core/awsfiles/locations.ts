/** Where the AWS config and credentials files are: the environment's word, or `~/.aws`. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export interface AwsFileLocations {
  /** Absolute, symbolic links not followed. */
  readonly config: string
  readonly credentials: string
}

/**
 * The files every SDK would use with this environment. A leading `~/` is expanded, as all SDKs do; `$VARS` are not,
 * because only botocore does. An empty variable counts as unset.
 * @param home the person's home folder, absolute
 */
export function locateAwsFiles(
  env: Readonly<Record<string, string | undefined>>,
  home: string = env.HOME || homedir(),
): AwsFileLocations {
  return {
    config: locate(env.AWS_CONFIG_FILE, home, 'config'),
    credentials: locate(env.AWS_SHARED_CREDENTIALS_FILE, home, 'credentials'),
  }
}

function locate(override: string | undefined, home: string, name: string): string {
  if (!override) return join(home, '.aws', name)
  if (override === '~') return home
  return /^~[/\\]/.test(override) ? join(home, override.slice(2)) : resolve(override)
}
