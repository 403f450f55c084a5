/** Starting the app anew, on the practice account or away from it: each start has one state folder and never another. */
import { app } from 'electron'
import { type RestartFlag, restartWords } from './restart-words.ts'

/** Quits, and starts again with these flags. */
export function restart(flags: readonly RestartFlag[]): void {
  app.relaunch({ args: restartWords(process.argv.slice(1), flags) })
  app.quit()
}
