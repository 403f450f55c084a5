/** The renderer's only way out: the preload's bridge, with failures as HallpassErrors. */
import { ERROR_EXIT_CODES, type ErrorCode, HallpassError } from '#shared/errors.ts'
import type { IpcChannel, IpcReply, IpcRequest } from '#shared/ipc.ts'

/** Asks main. @throws HallpassError and nothing else */
export async function call<C extends IpcChannel>(channel: C, request: IpcRequest<C>): Promise<IpcReply<C>> {
  const envelope = await window.hallpass.call(channel, request).catch((error: unknown) => {
    throw toHallpassError(error)
  })
  if (envelope.ok) return envelope.value
  const { code, message, hint, details } = envelope.error
  throw new HallpassError(isErrorCode(code) ? code : 'internal', message, { hint, details })
}

/** Anything caught, as the error the screens can show. */
export function toHallpassError(error: unknown): HallpassError {
  if (error instanceof HallpassError) return error
  return new HallpassError('internal', 'Hallpass could not do that because of a fault of its own.', {
    hint: 'Try again. If it stays, restart Hallpass.',
    details: error instanceof Error ? error.message : undefined,
  })
}

function isErrorCode(code: string): code is ErrorCode {
  return code in ERROR_EXIT_CODES
}
