/** The built command, for test files; `build.ts` builds it. */
import { inject } from 'vitest'

export interface BuiltCli {
  /** Absolute path of the entry file. */
  readonly entry: string
}

/** Nothing may be changed in its folder: other test files run it at the same time. */
export function builtCli(): BuiltCli {
  return { entry: inject('cliEntry') }
}
