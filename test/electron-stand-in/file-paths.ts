/**
 * Answers `webUtils.getPathForFile` in the page. It is synchronous, so the script pauses at a `debugger` statement
 * (isolated-world.js), and main looks at its variables, fills in the answer and lets it go on.
 */
import type { CdpSession, Protocol } from './cdp.ts'

export async function answerFilePaths(session: CdpSession): Promise<void> {
  session.on('Debugger.paused', ({ callFrames }) => {
    const [frame] = callFrames
    const answered = frame?.functionName === 'getPathForFile' ? fillIn(session, frame) : Promise.resolve()
    void answered.catch(reportFailure).then(() => session.attempt('Debugger.resume'))
  })
  await session.send('Debugger.enable')
}

async function fillIn(session: CdpSession, { callFrameId }: Protocol.Debugger.CallFrame): Promise<void> {
  const { result } = await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'file' })
  if (!result.objectId) return
  const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId })
  const expression = `answer.path = ${JSON.stringify(path)}`
  await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression })
}

function reportFailure(error: unknown): void {
  process.stderr.write(`The Electron stand-in could not tell a file's path: ${String(error)}\n`)
}
