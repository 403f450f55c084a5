/** The AWS CLIs of this machine. */
import { execFileSync } from 'node:child_process'

export interface AwsCli {
  readonly program: string
  /** Such as `aws-cli/2.9.19`. */
  readonly version: string
}

/** The one on PATH and the system's; each version once. */
export function awsClis(): AwsCli[] {
  const found = new Map<string, AwsCli>()
  for (const program of ['aws', '/usr/bin/aws', '/usr/local/bin/aws']) {
    try {
      const line = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
      const version = /aws-cli\/\S+/.exec(line)?.[0] ?? program
      if (!found.has(version)) found.set(version, { program, version })
    } catch {
      // Not installed there.
    }
  }
  return [...found.values()]
}
