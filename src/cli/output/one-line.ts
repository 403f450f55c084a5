/** A failure in one line, for AWS tools: they put what `credential-process` says into a message of their own. */
import type { ErrorReport } from '#shared/errors.ts'
import { withoutControls } from './style.ts'

/** `hallpass: MESSAGE HINT` and a line feed. */
export function oneLine({
  message,
  hint,
}: Pick<ErrorReport, 'message'> & { readonly hint?: string | undefined }): string {
  const text = hint === undefined ? message : `${message} ${hint}`
  return `hallpass: ${withoutControls(text).replaceAll(/\s+/g, ' ')}\n`
}
