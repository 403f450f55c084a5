export { type ActivityLog, brokenError, createActivityLog } from './activity-log.ts'
export type { ActivityDraft } from './entry.ts'
export { ACTIVITY_FORMATS, type ActivityFormat, askedBy } from './export.ts'
export { inPieces, writeNewFile } from './export-file.ts'
