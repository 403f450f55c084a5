/** Moving in from the AWS files. */
import type { HandlerParts, Handlers } from './parts.ts'

export function importHandlers({ hallpass, changed }: HandlerParts): Handlers<'import'> {
  return {
    'import.plan': () => hallpass.imports.plan(),
    'import.run': async (request) => {
      try {
        return await hallpass.imports.run(request)
      } finally {
        changed()
      }
    },
  }
}
