/** Role catalogues. */
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { dialog } from 'electron'
import type { OpenCatalogue } from '#core/catalogue/service.ts'
import { explainWriteError } from '#core/write-error.ts'
import { createDrafts } from '../drafts.ts'
import { pickFile } from '../pick-file.ts'
import type { HandlerParts, Handlers } from './parts.ts'

const FILTER = { name: 'Catalogue', extensions: ['yaml', 'yml', 'json'] }

export function catalogueHandlers({ hallpass, changed }: HandlerParts): Handlers<'catalogue'> {
  const { catalogues } = hallpass
  // Without secrets in them, they need not go when Hallpass is locked.
  const drafts = createDrafts<OpenCatalogue>()
  const opened = (catalogue: OpenCatalogue) => ({ draftId: drafts.keep(catalogue), plan: catalogue.plan() })
  return {
    'catalogue.list': () => catalogues.list(),
    'catalogue.pick': () => pickFile('Choose the catalogue', FILTER),
    'catalogue.open': async ({ source }) => opened(await catalogues.open(source)),
    'catalogue.pull': async ({ name }) => opened(await catalogues.pull(name)),
    'catalogue.plan': ({ draftId, overwrite }) => drafts.take(draftId).plan({ overwrite }),
    'catalogue.apply': async ({ draftId, overwrite }) => {
      try {
        const result = await drafts.take(draftId).apply({ overwrite })
        drafts.forget(draftId)
        return result
      } finally {
        changed()
      }
    },
    'catalogue.forget': ({ name }) => {
      catalogues.forget(name)
    },
    'catalogue.export': async (options) => {
      const text = await catalogues.export(options)
      const { canceled, filePath } = await dialog.showSaveDialog({
        title: 'Where to put the catalogue',
        defaultPath: 'hallpass.yaml',
        filters: [FILTER],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      })
      if (canceled || !filePath) return null
      try {
        // The dialog has asked about a file that is there.
        await writeFile(filePath, text, { mode: 0o600 })
      } catch (cause) {
        throw explainWriteError(cause, filePath)
      }
      return { fileName: basename(filePath) }
    },
  }
}
