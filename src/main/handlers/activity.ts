/** The activity log. */
import { basename } from 'node:path'
import { pickNewFile } from '../pick-file.ts'
import type { HandlerParts, Handlers } from './parts.ts'

const FORMATS = { jsonl: 'JSON Lines', csv: 'CSV table' } as const

export function activityHandlers({ hallpass }: HandlerParts): Handlers<'activity'> {
  const { activity } = hallpass
  return {
    'activity.page': ({ query, ...place }) => activity.page(query, place),
    'activity.overview': (query) => activity.overview(query),
    'activity.proof': ({ seq }) => activity.proof(seq),
    'activity.verify': () => activity.verify(),
    'activity.export': async ({ format }) => {
      const filter = { name: FORMATS[format], extensions: [format] }
      const name = `hallpass-activity-${localDate(new Date())}.${format}`
      const filePath = await pickNewFile('Export the activity log', name, filter)
      if (filePath === null) return null
      await activity.saveTo(filePath, format)
      return { fileName: basename(filePath) }
    },
  }
}

/** `2026-11-26`, by this computer's calendar. */
function localDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
