/** Kits: where they are is asked of the person by the system, and what is in one stays here until it is sealed. */
import { basename } from 'node:path'
import type { OpenedKit } from '#core/breakglass/kit/kit.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { pickFile, pickNewFile } from '../pick-file.ts'
import type { HandlerParts, Handlers } from './parts.ts'

/** A kit that was chosen. */
export interface KitDraft {
  readonly path: string
  /** Once it was opened. */
  content?: OpenedKit
}

const FILTER = { name: 'Kit', extensions: ['age'] }

export function kitHandlers({ drill, kitDrafts, lock, changed }: HandlerParts): Handlers<'kit'> {
  /** Asks where to. @throws `cancelled` when Hallpass was locked meanwhile: the dialog is the system's, and stays */
  async function askWhereTo(names: readonly string[]): Promise<string | null> {
    let wasLocked = false
    const stop = lock.onChange(() => {
      wasLocked ||= lock.isClosed
    })
    try {
      const path = await pickNewFile(`Kit with ${names.join(', ')}`, 'emergency.age', FILTER)
      if (wasLocked) throw new HallpassError('cancelled', 'Hallpass was locked meanwhile. No kit was written.')
      return path
    } finally {
      stop()
    }
  }

  return {
    'kit.export': async ({ names, reason, confirmed, lock: opensWith, sheet }) => {
      // Before the dialog, which may outlast what was on the screen when it was asked for.
      const { kits, show } = drill.real()
      const filePath = await askWhereTo(names)
      if (filePath === null) return null
      await kits.export(names, filePath, opensWith, { reason, confirmed })
      changed()
      const fileName = basename(filePath)
      if (!sheet) return { fileName, sheetName: null, sheetProblem: null }
      const [{ sheetOf }, { writeKitFile }] = await Promise.all([
        import('#core/breakglass/kit/sheet.ts'),
        import('#core/breakglass/kit/kit-file.ts'),
      ])
      const sheetPath = `${filePath.replace(/\.age$/i, '')}.html`
      const text = sheetOf(names.map(show), fileName, new Date().toISOString())
      try {
        await writeKitFile(sheetPath, Buffer.from(text))
      } catch (error) {
        // The kit is there all the same, and whoever is told of a failure would make it twice.
        return { fileName, sheetName: null, sheetProblem: isHallpassError(error) ? error.message : basename(sheetPath) }
      }
      return { fileName, sheetName: basename(sheetPath), sheetProblem: null }
    },
    'kit.choose': async () => {
      drill.real()
      const path = await pickFile('Choose the kit', FILTER)
      return path === null ? null : { kitId: kitDrafts.keep({ path }), fileName: basename(path) }
    },
    'kit.open': async ({ kitId, key }) => {
      const draft = kitDrafts.take(kitId)
      draft.content = await drill.real().kits.open(draft.path, key)
      changed()
      const { madeAt, entries } = draft.content
      return { madeAt, entries: entries.map((entry) => ({ ...entry, holds: [...entry.holds] })) }
    },
    'kit.seal': async ({ kitId, names }) => {
      const { content } = kitDrafts.take(kitId)
      if (!content)
        throw new HallpassError('input.invalid', 'This kit has not been opened.', { hint: 'Give what opens it first.' })
      const { takeIn } = await import('#core/breakglass/kit/take-in.ts')
      const sealed = await takeIn(drill.real(), content, names)
      kitDrafts.forget(kitId)
      changed()
      return { names: sealed }
    },
  }
}
