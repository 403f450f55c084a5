/** Reading an entry's text back. Apart from writing it, which must not load a schema. */
import { type ActivityRecord, activityRecordSchema } from '#shared/activity.ts'

/** @returns `undefined` for a text that Hallpass did not write */
export function readRecord(text: string): ActivityRecord | undefined {
  return activityRecordSchema.safeParse(parseJson(text)).data
}

/** @returns `undefined` for what is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
