/**
 * The bridge: the only thing the page can see of the outside. Channels are those of the contract, nothing else can
 * be named, and every reply is checked against its schema before the page gets it.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { z } from 'zod'
import { errorReportSchema, type HallpassBridge, IPC_CALLS, IPC_EVENTS, type IpcEnvelope } from '#shared/ipc.ts'

// The page's CSP forbids code from strings, which zod would otherwise try first.
z.config({ jitless: true })

const failureSchema = z.object({ ok: z.literal(false), error: errorReportSchema })

const bridge: HallpassBridge = {
  async call(channel, request) {
    if (!Object.hasOwn(IPC_CALLS, channel)) throw new Error(`unknown channel ${String(channel)}`)
    const envelope: unknown = await ipcRenderer.invoke(channel, request)
    const failed = failureSchema.safeParse(envelope)
    if (failed.success) return failed.data
    const reply = z.object({ ok: z.literal(true), value: IPC_CALLS[channel].reply }).safeParse(envelope)
    if (reply.success) return reply.data as IpcEnvelope<never>
    return {
      ok: false,
      error: { code: 'internal', message: `Hallpass gave an answer to ${channel} that it should not.` },
    }
  },
  on(event, listener) {
    if (!Object.hasOwn(IPC_EVENTS, event)) throw new Error(`unknown event ${String(event)}`)
    const receive = (_event: unknown, payload: unknown) => {
      const parsed = IPC_EVENTS[event].safeParse(payload)
      if (parsed.success) listener(parsed.data as never)
    }
    ipcRenderer.on(event, receive)
    return () => {
      ipcRenderer.removeListener(event, receive)
    }
  },
  pathForFile: (file) => webUtils.getPathForFile(file as never),
}

contextBridge.exposeInMainWorld('hallpass', bridge)
