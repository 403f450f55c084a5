/** The line that has a shell's AWS tools use a profile. */

export const SHELLS = ['env', 'fish', 'powershell', 'dotenv'] as const
export type Shell = (typeof SHELLS)[number]

/** @param profile as `profileNameField` allows it: nothing in it means anything to a shell */
export function profileLine(profile: string, shell: Shell): string {
  switch (shell) {
    case 'env':
      return `export AWS_PROFILE=${profile}`
    case 'fish':
      return `set -gx AWS_PROFILE ${profile}`
    case 'powershell':
      return `$Env:AWS_PROFILE = '${profile}'`
    case 'dotenv':
      return `AWS_PROFILE=${profile}`
  }
}
