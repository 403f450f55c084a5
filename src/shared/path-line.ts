/** The line that puts a folder on the PATH of a shell, for good where the shell has a way to say so. */
import type { Settings } from './settings.ts'

export type PathShell = Exclude<NonNullable<Settings['shell']>, 'dotenv'>

/** @param folder absolute; any character may be in it */
export function pathLine(folder: string, shell: PathShell): string {
  switch (shell) {
    case 'env':
      return `export PATH=${inSingleQuotes(folder)}:"$PATH"`
    case 'fish':
      return `fish_add_path '${folder.replace(/['\\]/g, '\\$&')}'`
    case 'powershell':
      return `$env:Path = '${folder.replaceAll("'", "''")}' + [IO.Path]::PathSeparator + $env:Path`
  }
}

function inSingleQuotes(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
