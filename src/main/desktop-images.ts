/** The images the system shows for Hallpass, drawn by scripts/draw-desktop-images.ts. */
import { join } from 'node:path'
import { type NativeImage, nativeImage } from 'electron'
import type { Environment } from '#shared/fields.ts'

export type TrayMood = 'idle' | 'live' | 'production'

export interface DesktopImages {
  tray(mood: TrayMood): NativeImage
  environment(environment: Environment | null): NativeImage
  productionBadge(): NativeImage
}

/** @param folder `resources/desktop` of the app */
export function createDesktopImages(folder: string, platform: NodeJS.Platform): DesktopImages {
  const known = new Map<string, NativeImage>()
  function image(name: string): NativeImage {
    const loaded = known.get(name) ?? nativeImage.createFromPath(join(folder, `${name}.png`))
    known.set(name, loaded)
    return loaded
  }
  return {
    // macOS draws its own colour through the alpha of an image of this name.
    tray: (mood) => image(`tray-${mood}${platform === 'darwin' ? '-Template' : ''}`),
    environment: (environment) => image(`env-${environment ?? 'none'}`),
    productionBadge: () => image('badge-production'),
  }
}
