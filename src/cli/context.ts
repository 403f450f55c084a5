/**
 * What every handler works with: the streams, the style for them, and Hallpass itself, opened on first use.
 * Standard output carries data only; everything said to a person goes to standard error.
 */
import type { Hallpass } from '#core/hallpass.ts'
import { VaultKeys } from '#core/vault/file/keys.ts'
import type { CommandTable } from './descriptor.ts'
import type { CliHost } from './host.ts'
import type { Caller } from './input/mfa-prompt.ts'
import { Progress, waitingFor } from './output/progress.ts'
import { type Style, styleFor, withoutControls } from './output/style.ts'
import { type Cell, type Column, renderFields, renderTable } from './output/table.ts'

export class CliContext {
  readonly host: CliHost
  /** `--json` was given. */
  readonly json: boolean
  /** Style of standard output. */
  readonly style: Style
  readonly progress: Progress
  /** Everything this version can be asked for. */
  readonly commands: CommandTable
  #hallpass: Hallpass | undefined
  #vaultKeys = new VaultKeys()

  constructor(host: CliHost, json: boolean, commands: CommandTable) {
    this.host = host
    this.commands = commands
    this.json = json
    this.style = styleFor(host.stdout, host.env)
    this.progress = new Progress(host.stderr)
  }

  /**
   * Opens Hallpass, once.
   * @throws `store.*`, `file.*`
   */
  async hallpass(caller: Caller = 'person'): Promise<Hallpass> {
    if (!this.#hallpass) {
      const [
        { createHallpass },
        { createAgentClient },
        { createMfaPrompt },
        { createPassphrasePrompt },
        { openFileLog },
      ] = await Promise.all([
        import('#core/create-hallpass.ts'),
        import('#core/agent/client.ts'),
        import('./input/mfa-prompt.ts'),
        import('./input/passphrase-prompt.ts'),
        import('#core/file-log.ts'),
      ])
      const { home, env, version } = this.host
      const mfaPrompt = createMfaPrompt(this.host, this.progress, caller)
      // Behind a command, the terminal is that one's.
      const onPromptElsewhere = ({ target }: { readonly target: string }) =>
        caller === 'background' ? undefined : this.progress.line(waitingFor(target))
      this.#hallpass = await createHallpass({
        env,
        mfaPrompt,
        onMfaWait: ({ identity, seconds }) =>
          this.progress.detail(`Waiting up to ${seconds} s for the next MFA code of ${identity}`),
        onPromptElsewhere,
        passphrasePrompt: createPassphrasePrompt(this.host, this.progress, caller),
        vaultKeys: this.#vaultKeys,
        agent: createAgentClient({ home, env, version, mfaPrompt, onPromptElsewhere }),
        log: openFileLog(home, 'cli'),
        command: this.host.command,
      })
      if (caller === 'person') this.#tellOfDamage(this.#hallpass)
    }
    return this.#hallpass
  }

  /** A program has no use for it, and a pipe may be read by nobody: only a terminal counts as having told. */
  #tellOfDamage(hallpass: Hallpass): void {
    const notice = hallpass.damageNotice()
    if (!notice || this.json) return
    this.note(`hallpass: ${notice.message}\n  ${notice.hint}`)
    if (this.host.stderr.isTTY) hallpass.acknowledgeDamage()
  }

  /**
   * Closes what was opened; the command may go on without Hallpass, or end.
   * @param options.toReopen keeps an encrypted file open, for a command that goes on with Hallpass and asks nobody
   */
  close({ toReopen = false } = {}): void {
    this.#hallpass?.close()
    this.#hallpass = undefined
    if (!toReopen) this.#vaultKeys.lock()
  }

  /** Writes data, with a line feed. */
  data(text: string): void {
    this.host.stdout.write(`${text}\n`)
  }

  /** Writes a value as JSON: one line for programs, indented on a terminal. */
  jsonData(value: unknown): void {
    this.data(JSON.stringify(value, null, this.host.stdout.isTTY ? 2 : undefined))
  }

  /** Writes rows as a table. */
  table(columns: readonly Column[], rows: readonly (readonly (string | Cell)[])[]): void {
    this.data(renderTable(columns, rows, { width: this.host.stdout.columns, style: this.style }))
  }

  /** Writes one record. */
  fields(fields: readonly (readonly [string, string | Cell | null])[]): void {
    this.data(renderFields(fields, this.style))
  }

  /** Tells the person something; never part of the data. Silent with `--json`, whose readers look at the data. */
  note(text: string): void {
    if (!this.json) this.host.stderr.write(`${withoutControls(text)}\n`)
  }
}
