/** The doctor, and its report. */
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { app } from 'electron'
import { HallpassError } from '#shared/errors.ts'
import { pickNewFile } from '../pick-file.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function doctorHandlers({ hallpass, changed }: HandlerParts): Handlers<'doctor'> {
  return {
    'doctor.check': (options) => hallpass.doctor.check(app.getVersion(), options),
    'doctor.repair': async ({ repair }) => {
      await hallpass.doctor.repair(repair)
      changed()
    },
    'doctor.save-report': async ({ names }) => {
      const filter = { name: 'JSON', extensions: ['json'] }
      const filePath = await pickNewFile('Save the report', 'hallpass-report.json', filter)
      if (filePath === null) return null
      const text = await hallpass.doctor.report(app.getVersion(), names)
      try {
        // The dialog has asked about a file that is there.
        await writeFile(filePath, text, { mode: 0o600 })
      } catch (cause) {
        throw new HallpassError('file.permission', `${basename(filePath)} could not be written.`, {
          hint: 'Choose a folder you can write to.',
          cause,
        })
      }
      return { fileName: basename(filePath) }
    },
  }
}
