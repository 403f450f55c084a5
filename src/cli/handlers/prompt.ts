/** `hallpass prompt`. */
import { defaultStateFolder } from '#core/state-folder.ts'
import type { Handler } from '../descriptor.ts'
import { promptScript } from '../shell/prompt.ts'
import type { Shell } from '../shell/shells.ts'

export const prompt: Handler = async (context, invocation) => {
  const { env, platform, stdout } = context.host
  // The parser has checked the choice.
  stdout.write(promptScript(invocation.argument('shell') as Shell, defaultStateFolder(env, platform)))
  return 0
}
