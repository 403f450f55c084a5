/** `hallpass catalogue export`. */
import { resolve } from 'node:path'
import { writeNewFile } from '#core/activity/index.ts'
import type { CatalogueFormat } from '#core/catalogue/write.ts'
import type { Handler } from '../descriptor.ts'

export const catalogueExport: Handler = async (context, invocation) => {
  const named = invocation.argument('file')
  // The parser has checked the choice.
  const chosen = invocation.text('format') as CatalogueFormat | undefined
  const format = chosen ?? (named.endsWith('.json') || (named === '' && context.json) ? 'json' : 'yaml')
  const { catalogues } = await context.hallpass()
  const text = await catalogues.export({ name: invocation.text('name'), format })
  if (named === '') context.data(text.trimEnd())
  else {
    const file = resolve(named)
    writeNewFile(file, text.trimEnd().split('\n'))
    if (context.json) context.jsonData({ file, format })
    context.note(`Wrote the roles to ${file}. There is no secret in it.`)
  }
  return 0
}
