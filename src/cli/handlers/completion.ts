/** `hallpass completion`. */
import type { Handler } from '../descriptor.ts'
import { bashCompletion } from '../shell/completion-bash.ts'
import { fishCompletion } from '../shell/completion-fish.ts'
import { powershellCompletion } from '../shell/completion-powershell.ts'
import { zshCompletion } from '../shell/completion-zsh.ts'
import { type OutlineCommand, outlineCommands } from '../shell/outline.ts'
import type { Shell } from '../shell/shells.ts'

const SCRIPTS: Readonly<Record<Shell, (commands: readonly OutlineCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
}

export const completion: Handler = async (context, invocation) => {
  // The parser has checked the choice.
  const shell = invocation.argument('shell') as Shell
  context.host.stdout.write(SCRIPTS[shell](outlineCommands(context.host, context.commands)))
  return 0
}
