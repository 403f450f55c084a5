/** Electron's `nativeTheme`; the system's own theme is light. */
import { KnownEmitter } from './known-only.ts'

type ThemeSource = 'system' | 'light' | 'dark'

class NativeTheme extends KnownEmitter {
  readonly shouldUseHighContrastColors = false
  private chosen: ThemeSource = 'system'

  constructor() {
    super('nativeTheme', ['updated'])
  }

  get themeSource(): ThemeSource {
    return this.chosen
  }

  set themeSource(source: ThemeSource) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`${source} is not a theme source`)
    if (source === this.chosen) return
    this.chosen = source
    this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.chosen === 'dark'
  }
}

export const nativeTheme = new NativeTheme()
