/** The one app that this process runs, and its Chromium. */
import { type Chromium, startChromium } from './chromium.ts'

export interface Runtime {
  /** Folder of the app's package.json, absolute. */
  readonly appPath: string
  readonly packageJson: { name?: string; productName?: string; version?: string }
  /** As the app sees `process.argv`. */
  readonly argv: readonly string[]
}

let current: Runtime | undefined
let chromium: Promise<Chromium> | undefined
let stopping = false

/** Call once, before anything else. */
export function startRuntime(runtime: Runtime): Promise<Chromium> {
  current = runtime
  chromium = startChromium()
  void chromium.then(async ({ gone }) => {
    await gone
    if (stopping) return
    process.stderr.write('The Electron stand-in stops: Chromium went away\n')
    process.exit(1)
  })
  return chromium
}

export function runtime(): Runtime {
  if (!current) throw new Error('The Electron stand-in runs apps only through its `electron` launcher')
  return current
}

/** Resolves when Chromium is up. */
export async function connection(): Promise<Chromium['connection']> {
  if (!chromium) throw new Error('The Electron stand-in has not started Chromium')
  return (await chromium).connection
}

/** Resolves when Chromium has left nothing behind. */
export async function stopRuntime(): Promise<void> {
  stopping = true
  const started = await chromium?.catch(() => undefined)
  await started?.stop()
}
