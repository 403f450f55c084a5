/**
 * Parts of the app that the first list does not need. They are read once that list is on the screen, so that opening one
 * later waits for nothing. Where one is waited for all the same, no key that is meant for it reaches what is there.
 */
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
import { untilIdle } from './lib/first-list.ts'

const loaders: (() => Promise<unknown>)[] = []

interface Part<Props extends object> {
  /** Once it has been read. */
  here?: ComponentType<Props>
  /** Waits for it. */
  readonly waiting: ComponentType<Props>
  /** Stands there meanwhile. */
  readonly meanwhile: ComponentType<Props>
}

/** A component that is loaded when it is first shown, if `loadTheRest` has not done so. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ComponentType<Props> = () => null,
): (props: Props) => ReactNode {
  const read = async (): Promise<ComponentType<Props>> => {
    part.here ??= await load()
    return part.here
  }
  const waiting = lazy(async () => ({ default: await read() })) as unknown as ComponentType<Props>
  const part: Part<Props> = { waiting, meanwhile }
  loaders.push(read)
  return (props) => <Later part={part} props={props} />
}

/** The same for what opens above everything else. */
export function laterDialog<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => ReactNode {
  return later(load, DialogComing)
}

/** `useCommands` looks for it, as for a dialog. */
function DialogComing() {
  return <span className="coming" hidden />
}

/** One that is here already is drawn at once: what React has to wait for, however shortly, it shows a moment later. */
function Later<Props extends object>({ part, props }: { part: Part<Props>; props: Props }) {
  // Chosen once: another component in its place would start over.
  const [Chosen] = useState(() => part.here ?? part.waiting)
  const { meanwhile: Meanwhile } = part
  return (
    <Suspense fallback={<Meanwhile {...props} />}>
      <Chosen {...props} />
    </Suspense>
  )
}

/** Reads every part that has not been needed yet, one at a time, while nothing else is to be done. */
export async function loadTheRest(): Promise<void> {
  for (let load = loaders.shift(); load !== undefined; load = loaders.shift()) {
    await untilIdle()
    // Whoever opens it is told when it can't be read.
    await load().catch(() => {})
  }
}
