/**
 * How a shell runs the `hallpass` command of this app. Electron's own binary can't: its RunAsNode fuse is off. So the
 * package carries a Node and the command beside the archive (electron-builder.json), where nothing of Electron's is
 * loaded.
 */
import { join, resolve } from 'node:path'

export interface AppPlace {
  readonly isPackaged: boolean
  /** `process.resourcesPath`: what the package carries outside the archive. */
  readonly resourcesPath: string
  /** The folder of the built app in a source tree: `out`. */
  readonly builtFolder: string
  readonly platform: NodeJS.Platform
}

/** @returns program and first argument, both absolute */
export function commandLine({ isPackaged, resourcesPath, builtFolder, platform }: AppPlace): [string, string] {
  const program = platform === 'win32' ? 'node.exe' : 'node'
  return isPackaged
    ? [join(resourcesPath, 'bin', program), join(resourcesPath, 'cli', 'hallpass.cjs')]
    : [resolve(builtFolder, '../node_modules/node/bin', program), resolve(builtFolder, 'cli/hallpass.cjs')]
}
