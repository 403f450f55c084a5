/**
 * What shows the role in force in a shell's prompt. It runs before every command a person types, so it starts no Node: it
 * reads the list that the store keeps (`src/core/store/prompt-list.ts`) and the mark that `exec` and `assume` leave
 * (`src/core/session-mark.ts`). What they say is data to it, never code.
 */
import { quoteForFish, quoteForPowershell, quoteForShell } from '#core/shell-quote.ts'
import bash from './scripts/prompt.bash?raw'
import fish from './scripts/prompt.fish?raw'
import powershell from './scripts/prompt.ps1?raw'
import zsh from './scripts/prompt.zsh?raw'
import type { Shell } from './shells.ts'
import { fillIn } from './template.ts'

/** @param folder the state folder where HALLPASS_HOME is not set when the prompt is shown */
export function promptScript(shell: Shell, folder: string): string {
  switch (shell) {
    case 'bash':
    case 'zsh':
      // Quotes inside the braces would be kept in some shells and not in others.
      return fillIn(shell === 'bash' ? bash : zsh, {
        home: [`home=\${HALLPASS_HOME-}`, `[[ -n $home ]] || home=${quoteForShell(folder)}`],
      })
    case 'fish':
      return fillIn(fish, {
        home: ['set home "$HALLPASS_HOME"', `test -n "$home"; or set home ${quoteForFish(folder)}`],
      })
    case 'powershell':
      return fillIn(powershell, {
        home: [
          '$stateFolder = $Env:HALLPASS_HOME',
          `if (-not $stateFolder) { $stateFolder = ${quoteForPowershell(folder)} }`,
        ],
      })
  }
}
