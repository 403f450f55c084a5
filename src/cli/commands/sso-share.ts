/** `hallpass sso share`. */
import type { CommandDescriptor } from '../descriptor.ts'

export const SSO_SHARE_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['sso', 'share'],
    summary: 'let the AWS CLI and the SDKs use a sign-in to Identity Center, and Hallpass theirs',
    description:
      'Writes an [sso-session] section into the AWS config file and puts the token where the AWS CLI looks for it. From ' +
      'then on a sign-in or a renewal by either of them is for both. Profiles name the session with sso_session. A section ' +
      'of that name that leads to the same Identity Center is used as it is.',
    arguments: [{ name: 'name', summary: 'name of the identity', completes: 'identities' }],
    options: [
      { flags: '--as <session>', summary: 'name of the [sso-session]; the identity’s own by default' },
      { flags: '--off', summary: 'take the section and the token back' },
      { flags: '--dry-run', summary: 'show what would change, and change nothing' },
    ],
    json: true,
    examples: [
      { run: 'hallpass sso share corp', does: 'As [sso-session corp]' },
      { run: 'hallpass sso share corp --off', does: 'For Hallpass alone again' },
    ],
    load: async () => (await import('../handlers/sso-share.ts')).ssoShare,
  },
]
