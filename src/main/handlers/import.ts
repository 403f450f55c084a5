/** Moving in. */
import { readSmallFile } from '#core/small-file.ts'
import { pickFile } from '../pick-file.ts'
import type { HandlerParts, Handlers } from './parts.ts'

const LARGEST_CONFIG = 1024 * 1024

export function importHandlers({ hallpass, changed }: HandlerParts): Handlers<'import'> {
  return {
    'import.plan': ({ source }) => hallpass.imports.plan(source),
    'import.run': async (request) => {
      try {
        return await hallpass.imports.run(request)
      } finally {
        changed()
      }
    },
    'import.pick-config': async () => {
      const path = await pickFile('Choose the configuration', { name: 'Text', extensions: ['txt', 'ini', 'conf', '*'] })
      if (path === null) return null
      const text = (await readSmallFile(path, LARGEST_CONFIG)).toString('utf8')
      // Somebody may choose the wrong file: one with keys in it stays here.
      await hallpass.imports.plan({ kind: 'switch-roles', text })
      return { text }
    },
  }
}
