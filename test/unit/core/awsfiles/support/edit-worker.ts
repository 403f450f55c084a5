/**
 * A process that edits an AWS file; run by the tests with Node itself.
 * Arguments: state folder, file, profile prefix, number of edits. Each edit adds one property to a section.
 */
import { applyEdit } from '#core/awsfiles/apply-edit.ts'
import { findSections } from '#core/awsfiles/document.ts'
import { appendSection, setProperties } from '#core/awsfiles/document-edit.ts'
import { isHallpassError } from '#shared/errors.ts'

const [stateHome = '', file = '', name = '', edits = '1'] = process.argv.slice(2)
try {
  for (let edit = 0; edit < Number(edits); edit++) {
    await applyEdit(
      file,
      (document) => {
        const [section] = findSections(document, name)
        const entry = [`k${edit}`, 'v'] as const
        return section ? setProperties(document, section, [entry]) : appendSection(document, name, [entry])
      },
      { stateHome, description: 'Test', lockTimeoutMs: 60_000 },
    )
  }
} catch (error) {
  process.stdout.write(isHallpassError(error) ? `${error.code} ${error.message}\n` : `${String(error)}\n`)
  process.exitCode = 1
}
