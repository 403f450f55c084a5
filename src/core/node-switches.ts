/** What makes Node run other code, open a debugger, print what it sends, or trust any certificate. */
export const NODE_SWITCHES: readonly string[] = [
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_TLS_REJECT_UNAUTHORIZED',
]
