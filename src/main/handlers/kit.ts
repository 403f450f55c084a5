/** Kits: where they are is asked of the person by the system, and what is in one stays here until it is sealed. */
import { basename } from 'node:path'
import { dialog } from 'electron'
import type { KitKey, OpenedKit } from '#core/breakglass/kit/kit.ts'
import { HallpassError } from '#shared/errors.ts'
import { pickFile } from '../pick-file.ts'
import type { HandlerParts, Handlers } from './parts.ts'

/** A kit that was chosen. */
export interface KitDraft {
  readonly path: string
  /** Once it was opened. */
  content?: OpenedKit
}

const FILTER = { name: 'Kit', extensions: ['age'] }

export function kitHandlers({ drill, kitDrafts, changed }: HandlerParts): Handlers<'kit'> {
  const breakglass = () => drill.stage().breakglass

  return {
    'kit.export': async ({ names, reason, lock, sheet }) => {
      const { canceled, filePath } = await dialog.showSaveDialog({
        title: 'Where to put the kit',
        defaultPath: 'emergency.age',
        filters: [FILTER],
      })
      if (canceled || !filePath) return null
      const { kits, show } = breakglass()
      await kits.export(names, filePath, lock, reason)
      changed()
      if (!sheet) return { fileName: basename(filePath), sheetName: null }
      const [{ sheetOf }, { writeKitFile }] = await Promise.all([
        import('#core/breakglass/kit/sheet.ts'),
        import('#core/breakglass/kit/kit-file.ts'),
      ])
      const sheetPath = `${filePath.replace(/\.age$/i, '')}.html`
      await writeKitFile(sheetPath, Buffer.from(sheetOf(names.map(show), basename(filePath), new Date().toISOString())))
      return { fileName: basename(filePath), sheetName: basename(sheetPath) }
    },
    'kit.choose': async () => {
      const path = await pickFile('Choose the kit', FILTER)
      return path === null ? null : { kitId: kitDrafts.keep({ path }), fileName: basename(path) }
    },
    'kit.open': async ({ kitId, key }) => {
      const draft = kitDrafts.take(kitId)
      draft.content = await breakglass().kits.open(draft.path, key as KitKey)
      changed()
      const { madeAt, entries } = draft.content
      return { madeAt, entries: entries.map((entry) => ({ ...entry, holds: [...entry.holds] })) }
    },
    'kit.seal': async ({ kitId, names }) => {
      const { content } = kitDrafts.take(kitId)
      if (!content)
        throw new HallpassError('input.invalid', 'This kit has not been opened.', { hint: 'Give what opens it first.' })
      const { takeIn } = await import('#core/breakglass/kit/take-in.ts')
      const sealed = await takeIn(breakglass(), content, names)
      kitDrafts.forget(kitId)
      changed()
      return { names: sealed }
    },
  }
}
