/**
 * Values on their way between main and the page, as text: what the structured clone algorithm keeps arrives, cycles
 * included; what it refuses is refused with Electron's message. One self-contained function, as the page gets its text.
 */

export interface Codec {
  /** @throws `An object could not be cloned.` */
  encode(value: unknown): string
  decode(text: string): unknown
}

/** A value, as a list of slots that refer to each other by index; the first is the value itself. */
type Slot = string | number | boolean | null | [kind: string, ...content: unknown[]]

export function createCodec(): Codec {
  const ERROR_FIELDS = ['message', 'stack', 'cause']

  function encode(value: unknown): string {
    const slots: Slot[] = []
    const indexes = new Map<unknown, number>()

    function add(item: unknown): number {
      const known = typeof item === 'object' ? indexes.get(item) : undefined
      if (known !== undefined) return known
      const index = slots.push(null) - 1
      indexes.set(item, index)
      slots[index] = typeof item === 'object' && item !== null ? describeObject(item) : describePrimitive(item)
      return index
    }

    function describePrimitive(item: unknown): Slot {
      if (item === undefined) return ['undefined']
      if (typeof item === 'bigint') return ['bigint', String(item)]
      if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0))) {
        return ['number', Object.is(item, -0) ? '-0' : String(item)]
      }
      return item as Slot
    }

    function describeObject(item: object): Slot {
      if (Array.isArray(item)) return ['array', ...Array.from(item, add)]
      if (ArrayBuffer.isView(item)) return ['view', tagOf(item), add(copyBytes(item))]
      switch (tagOf(item)) {
        case 'Object':
          return ['object', ...Object.entries(item).map(([key, field]) => [key, add(field)])]
        case 'Map':
          return ['map', ...Array.from(item as Map<unknown, unknown>, ([key, field]) => [add(key), add(field)])]
        case 'Set':
          return ['set', ...Array.from(item as Set<unknown>, add)]
        case 'Date':
          return ['date', String((item as Date).getTime())]
        case 'RegExp':
          return ['regexp', (item as RegExp).source, (item as RegExp).flags]
        case 'ArrayBuffer':
          return ['bytes', ...new Uint8Array(item as ArrayBuffer)]
        case 'Error': {
          const fields = ERROR_FIELDS.filter((key) => Object.hasOwn(item, key))
          return ['error', (item as Error).name, ...fields.map((key) => [key, add(item[key as keyof typeof item])])]
        }
        default:
          throw new Error('not a type that crosses')
      }
    }

    try {
      add(structuredClone(value))
    } catch {
      throw new Error('An object could not be cloned.')
    }
    return JSON.stringify(slots)
  }

  function tagOf(item: object): string {
    return Object.prototype.toString.call(item).slice('[object '.length, -1)
  }

  function copyBytes(view: ArrayBufferView): ArrayBuffer {
    const bytes = new Uint8Array(view.byteLength)
    bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    return bytes.buffer
  }

  function decode(text: string): unknown {
    const slots = JSON.parse(text) as Slot[]
    const values = new Map<number, unknown>()

    function get(index: number): unknown {
      if (values.has(index)) return values.get(index)
      const slot = slots[index]
      if (!Array.isArray(slot)) return slot
      const [value, fill] = create(slot)
      // Kept before it is filled, so that it can refer to itself.
      values.set(index, value)
      fill?.()
      return value
    }

    function create([kind, ...content]: [string, ...unknown[]]): [value: unknown, fill?: () => void] {
      const indexes = content as number[]
      switch (kind) {
        case 'undefined':
          return [undefined]
        case 'bigint':
          return [BigInt(content[0] as string)]
        case 'number':
          return [Number(content[0])]
        case 'date':
          return [new Date(Number(content[0]))]
        case 'regexp':
          return [new RegExp(content[0] as string, content[1] as string)]
        case 'bytes':
          return [Uint8Array.from(indexes).buffer]
        case 'view': {
          const View = globalThis[content[0] as 'Uint8Array']
          return [new View(get(content[1] as number) as ArrayBuffer)]
        }
        case 'array': {
          const array: unknown[] = []
          return [array, () => array.push(...indexes.map(get))]
        }
        case 'set': {
          const set = new Set<unknown>()
          return [set, () => each(indexes, (index) => set.add(get(index)))]
        }
        case 'map': {
          const map = new Map<unknown, unknown>()
          return [map, () => each(content as [number, number][], ([key, field]) => map.set(get(key), get(field)))]
        }
        case 'error': {
          const [name, ...fields] = content as [string, ...[string, number][]]
          const Native = globalThis[name as 'Error'] ?? Error
          const error = new Native()
          return [error, () => each(fields, ([key, index]) => define(error, key, get(index), false))]
        }
        default: {
          const object = {}
          const fields = content as [string, number][]
          return [object, () => each(fields, ([key, index]) => define(object, key, get(index), true))]
        }
      }
    }

    function each<T>(items: readonly T[], act: (item: T) => unknown): void {
      for (const item of items) act(item)
    }

    // Not by assignment, which a key such as `__proto__` would turn into something else.
    function define(object: object, key: string, value: unknown, enumerable: boolean): void {
      Object.defineProperty(object, key, { value, enumerable, writable: true, configurable: true })
    }

    return get(0)
  }

  return { encode, decode }
}
