/** What a person wrote after a command's name, read by name and with the expected type. */
export class Invocation {
  readonly #arguments: ReadonlyMap<string, string | readonly string[] | undefined>
  readonly #options: Readonly<Record<string, unknown>>

  constructor(
    args: ReadonlyMap<string, string | readonly string[] | undefined>,
    options: Readonly<Record<string, unknown>>,
  ) {
    this.#arguments = args
    this.#options = options
  }

  /** The value of an argument; empty for an optional one that was left out. */
  argument(name: string): string {
    const value = this.#arguments.get(name)
    return typeof value === 'string' ? value : ''
  }

  /** The words of a variadic argument. */
  words(name: string): readonly string[] {
    const value = this.#arguments.get(name)
    return Array.isArray(value) ? value : []
  }

  /** The value of an option, in camel case without dashes; `undefined` when absent, empty or negated. */
  text(name: string): string | undefined {
    const value = this.#options[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  /** The values of a repeated option that are not empty. */
  list(name: string): readonly string[] {
    const value = this.#options[name]
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string' && entry !== '') : []
  }

  /** The state of a switch; `undefined` when neither `--name` nor `--no-name` was given. */
  flag(name: string): boolean | undefined {
    const value = this.#options[name]
    return typeof value === 'boolean' ? value : undefined
  }

  /** True when the person asked to empty a field: `--no-name`, or `--name ''`. */
  cleared(name: string): boolean {
    const value = this.#options[name]
    return value === false || value === '' || (Array.isArray(value) && value.length > 0 && value.every((v) => v === ''))
  }
}
