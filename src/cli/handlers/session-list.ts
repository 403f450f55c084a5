/** `hallpass session list`. */
import type { Handler } from '../descriptor.ts'
import { stateCell } from '../output/describe.ts'
import { clockText } from '../output/time.ts'

export const sessionList: Handler = async (context) => {
  const sessions = (await context.hallpass()).sessions.list()
  if (context.json) context.jsonData(sessions)
  else if (sessions.length === 0) context.note('No sessions. Start one with: hallpass assume NAME')
  else {
    const now = Date.now()
    context.table(
      [{ title: 'name' }, { title: 'account' }, { title: 'as', shrinks: true }, { title: 'until' }, { title: 'left' }],
      sessions.map((session) => [
        { text: session.name, format: 'bold' },
        session.accountId ?? '–',
        session.kind === 'identity' ? 'the identity itself' : (session.assumedRoleArn?.split(':').at(-1) ?? '–'),
        clockText(session.expiresAt, now),
        stateCell(session.state, session.expiresAt, now),
      ]),
    )
  }
  return 0
}
