/** The key of the palette, which a click opens as well. */
import { createContext, useContext } from 'react'
import { useShortcut } from '../hooks/key-ways.ts'
import { ariaKey } from '../lib/keys.ts'
import { strings } from '../strings.ts'

export const OpenPaletteContext = createContext<() => void>(() => {})

export function PaletteHint() {
  const open = useContext(OpenPaletteContext)
  const label = useShortcut('palette') ?? ''
  return (
    <button
      type="button"
      className="kbd kbd--btn"
      aria-label={strings.palette.open}
      title={strings.palette.open}
      aria-keyshortcuts={ariaKey(label)}
      onClick={open}
    >
      {label}
    </button>
  )
}
