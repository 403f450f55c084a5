/**
 * Makes every gap of the stand-in loud: using a member, an event or an option that it lacks throws an error that names
 * it, instead of giving `undefined` and letting a test pass for the wrong reason.
 */
import { EventEmitter } from 'node:events'

/** The error for anything Electron has and the stand-in has not. `api` as a reader of Electron's documentation writes it. */
export function lacking(api: string): Error {
  return new Error(
    `The Electron stand-in has no ${api}: add it to test/electron-stand-in or keep it out of the path under test`,
  )
}

/** Members that the language and its tools look for on any object. */
const PROBED = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType', '$$typeof'])

/** Gives `target` back, guarded: reading a member that it lacks throws. Assigning is allowed, so that tests can stub. */
export function knownOnly<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (typeof key === 'string' && !(key in object) && !PROBED.has(key)) throw lacking(`${name}.${key}`)
      return Reflect.get(object, key, receiver)
    },
  })
}

/** Stands for a whole module of Electron that is not there: any use throws. */
export function absent(name: string): unknown {
  return knownOnly(
    name,
    class {
      constructor() {
        throw lacking(name)
      }
    },
  )
}

/** Allowed options: `true` for any value, a list for those values only. */
export type AllowedOptions = Readonly<Record<string, true | readonly unknown[]>>

/** @throws for an option or a value outside `allowed` */
export function checkOptions(name: string, options: object, allowed: AllowedOptions): void {
  for (const [key, value] of Object.entries(options)) {
    const rule = Object.hasOwn(allowed, key) ? allowed[key] : undefined
    if (rule === undefined) throw lacking(`${name} option ${key}`)
    if (rule !== true && !rule.includes(value)) throw lacking(`${name} option ${key}: ${JSON.stringify(value)}`)
  }
}

type Listener = Parameters<EventEmitter['on']>[1]

/** An emitter whose members and events are a closed list. Inside subclasses, `this` is guarded too. */
export class KnownEmitter extends EventEmitter {
  private readonly emitterName: string
  private readonly knownEvents: ReadonlySet<string | symbol>

  constructor(name: string, events: readonly string[]) {
    super()
    this.emitterName = name
    this.knownEvents = new Set([...events, 'newListener', 'removeListener'])
    // biome-ignore lint/correctness/noConstructorReturn: the guard has to be what everyone holds, subclasses included
    return knownOnly(name, this)
  }

  override on(event: string | symbol, listener: Listener): this {
    if (!this.knownEvents.has(event)) throw lacking(`${this.emitterName} event '${String(event)}'`)
    return super.on(event, listener)
  }

  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener)
  }
}

/** The first argument of Electron's listeners. */
export interface CancellableEvent {
  readonly defaultPrevented: boolean
  preventDefault(): void
}

/** An event with Electron's `preventDefault`, carrying `details`. */
export function createEvent<T extends object>(details: T = {} as T): CancellableEvent & T {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}
