/** `hallpass session end`. */
import { HallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'

export const sessionEnd: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const all = invocation.flag('all') === true
  if (all === (name !== '')) {
    throw new HallpassError('usage.invalid', all ? 'Give a name or --all, not both.' : 'Which session is to end?', {
      hint: 'Write hallpass session end NAME, or hallpass session end --all.',
    })
  }
  const { sessions } = await context.hallpass()
  let ended = 1
  if (all) ended = await sessions.endAll()
  else await sessions.end(name)
  if (context.json) context.jsonData({ ended })
  else if (!all) context.note(`Ended ${name}.`)
  else context.note(ended === 1 ? 'Ended 1 session.' : `Ended ${ended} sessions.`)
  return 0
}
