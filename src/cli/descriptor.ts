/** How one command is described. The parser, the help and the tests are all built from these descriptions. */
import type { NameKind } from '#core/store/name-list.ts'
import type { CliContext } from './context.ts'
import type { Invocation } from './invocation.ts'

/** Under which the first help page lists commands and groups, in this order. */
export const HEADINGS = [
  'Every day',
  'Where credentials come from',
  'Looking and mending',
  'Emergencies',
  'Around it',
] as const
export type Heading = (typeof HEADINGS)[number]

/** What shells offer for a value: names of Hallpass, profiles of the AWS files, files, or a command and its arguments. */
export type Completes = NameKind | 'aws-profiles' | 'files' | 'command'

export interface ArgumentDescriptor {
  readonly name: string
  readonly summary: string
  /** Left out by default: the argument is needed. */
  readonly optional?: boolean
  /** Chosen from a list when left out on a terminal; needed elsewhere. */
  readonly picked?: boolean
  /** Takes all words that follow. */
  readonly variadic?: boolean
  readonly choices?: readonly string[]
  /** Nothing when left out: it is new, or only a person knows it. */
  readonly completes?: Completes
}

export interface OptionDescriptor {
  /** As the parser reads it: `--region <region>`, `--mfa`, `--no-verify`. */
  readonly flags: string
  readonly summary: string
  readonly choices?: readonly string[]
  /** For a value that is none of few choices. */
  readonly completes?: Completes
  /** Words that shells offer for a value that may be any other too. */
  readonly suggests?: readonly string[]
  /** May be given many times; collects a list. */
  readonly repeat?: boolean
  /** Understood but not listed. */
  readonly hidden?: boolean
}

export interface Example {
  /** Without the leading `hallpass`, unless a pipe comes first. */
  readonly run: string
  readonly does: string
}

/** Does the work. @returns the exit code when it is not 0 */
export type Handler = (context: CliContext, invocation: Invocation) => Promise<number | undefined>

export interface CommandDescriptor {
  /** `['role', 'add']`, or one word for a command without a group. */
  readonly path: readonly string[]
  /** Of a command without a group. */
  readonly heading?: Heading
  readonly summary: string
  /** More for the help page. */
  readonly description?: string
  readonly arguments?: readonly ArgumentDescriptor[]
  readonly options?: readonly OptionDescriptor[]
  /** Accepts `--json`. */
  readonly json?: boolean
  readonly examples: readonly Example[]
  /** Loads the handler, which is what keeps start-up short. */
  readonly load: () => Promise<Handler>
}

/** A word that leads a group of commands. */
export interface GroupDescriptor {
  readonly name: string
  readonly heading: Heading
  readonly summary: string
}

/** The groups, and the commands in them and beside them. */
export interface CommandTable {
  readonly groups: readonly GroupDescriptor[]
  readonly commands: readonly CommandDescriptor[]
}
