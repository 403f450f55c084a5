/** The renderer's only way out: the preload's bridge, with failures as HallpassErrors. */
import type { z } from 'zod'
import { ERROR_EXIT_CODES, type ErrorCode, HallpassError } from '#shared/errors.ts'
import type { errorReportSchema, IpcChannel, IpcReply, IpcRequest } from '#shared/ipc.ts'
import { commonStrings } from './strings/common.ts'

/** Asks main. @throws HallpassError and nothing else */
export async function call<C extends IpcChannel>(channel: C, request: IpcRequest<C>): Promise<IpcReply<C>> {
  const envelope = await window.hallpass.call(channel, request).catch((error: unknown) => {
    throw toHallpassError(error)
  })
  if (envelope.ok) return envelope.value
  throw letGoOfFrames(errorFromReport(envelope.error))
}

/** A failure that main reports, as the error the screens can show. */
export function errorFromReport({ code, message, hint, details }: z.infer<typeof errorReportSchema>): HallpassError {
  return new HallpassError(isErrorCode(code) ? code : 'internal', message, { hint, details })
}

/** Anything caught, as the error the screens can show. */
export function toHallpassError(error: unknown): HallpassError {
  if (error instanceof HallpassError) return error
  return new HallpassError('internal', commonStrings.ownFault.message, {
    hint: commonStrings.ownFault.hint,
    details: error instanceof Error ? error.message : undefined,
  })
}

/**
 * A new error holds on to the frames it came through, and with them to whatever those were given: here a typed secret.
 * Reading its stack turns them into text.
 */
function letGoOfFrames<E extends Error>(error: E): E {
  void error.stack
  return error
}

function isErrorCode(code: string): code is ErrorCode {
  return code in ERROR_EXIT_CODES
}
