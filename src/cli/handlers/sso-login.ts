/** `hallpass sso login`. */
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { shellWord } from '../input/mfa-prompt.ts'
import { openInBrowser } from '../open-in-browser.ts'
import { untilStopped } from '../until-stopped.ts'

export const ssoLogin: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const way = invocation.flag('device') ? 'device' : 'browser'
  const { centers } = await context.hallpass()
  const opens = way === 'browser' && invocation.flag('browser') !== false
  const state = await untilStopped((signal) =>
    context.progress.during(
      'Waiting for you to sign in in the browser',
      centers.signIn(name, {
        way,
        signal,
        open: (url) => (opens ? openInBrowser(url, context.host) : Promise.resolve(say(context, `Open ${url}`))),
        onCode: ({ userCode, verificationUriComplete }) => {
          say(context, `Open ${verificationUriComplete}`)
          say(context, `It has to show this code: ${userCode}`)
        },
      }),
    ),
  )
  if (context.json) context.jsonData({ name, ...state })
  context.note(`Signed in to ${name}.`)
  context.note(`Next: hallpass sso discover ${shellWord(name)}`)
  return 0
}

/** It is needed, also where nobody is told of progress. */
function say(context: CliContext, text: string): void {
  context.host.stderr.write(`${text}\n`)
}
