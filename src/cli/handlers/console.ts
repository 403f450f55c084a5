/** `hallpass console`: opens the browser, or prints the link. */
import type { Handler } from '../descriptor.ts'
import { openInBrowser } from '../open-in-browser.ts'
import { readCredentialsOptions } from './credentials-options.ts'

export const openConsole: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const via = invocation.text('via') ?? 'switch-role'
  const destination = invocation.text('destination')
  const options = { ...readCredentialsOptions(invocation), ...(destination === undefined ? {} : { destination }) }
  const hallpass = await context.hallpass()
  const url =
    via === 'sign-in'
      ? await context.progress.during(`Signing in as ${name}`, hallpass.console.signInLink(name, options))
      : hallpass.console.switchRoleLink(name, options)
  if (invocation.flag('print')) {
    if (context.json) context.jsonData({ url, via })
    else context.data(url)
    return 0
  }
  await openInBrowser(url, context.host)
  if (context.json) context.jsonData({ via, opened: true })
  else context.note(`Opened the console for ${name}.`)
  return 0
}
