/** The one global the preload adds. */
import type { HallpassBridge } from '#shared/ipc.ts'

declare global {
  interface Window {
    readonly hallpass: HallpassBridge
  }
}
