/** `hallpass activity verify`. */
import { brokenError } from '#core/activity/index.ts'
import type { Handler } from '../descriptor.ts'

export const activityVerify: Handler = async (context) => {
  const { activity } = await context.hallpass()
  const verdict = await context.progress.during('Verifying the activity log', activity.verify())
  if (context.json) context.jsonData(verdict)
  if (verdict.problem) throw brokenError(verdict.problem)
  const { entries, firstAt, lastAt, before, trimmed } = verdict
  if (!context.json) {
    context.data(entries === 0 ? 'Nothing is recorded yet.' : `Intact: ${entries} entries, ${firstAt} to ${lastAt}.`)
    if (trimmed > 0) context.note(`The ${trimmed} entries before were moved to files.`)
    if (before !== null) {
      const fate = before === 'damaged' ? 'that was damaged and set aside beside it' : 'whose file was gone'
      context.note(`It took the place of an earlier log ${fate}.`)
    }
  }
  return 0
}
