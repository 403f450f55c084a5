/** A system opener that goes where it is sent and follows redirects, as a browser does, or one that can't. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Made in `folder`, where `follows` notes each address in `opened`. @returns what to start the command with */
export function makeOpener(folder: string, deed: 'follows' | 'fails'): Readonly<Record<string, string>> {
  mkdirSync(folder, { recursive: true })
  const opener = join(folder, 'xdg-open')
  const script = join(folder, 'browse.mjs')
  const opened = JSON.stringify(join(folder, 'opened'))
  const browse = `import { appendFileSync } from 'node:fs'
    appendFileSync(${opened}, process.argv[2] + '\\n')
    await fetch(process.argv[2])`
  writeFileSync(script, browse)
  writeFileSync(
    opener,
    deed === 'follows' ? `#!/bin/sh\nexec "${process.execPath}" "${script}" "$1"\n` : '#!/bin/sh\nexit 3\n',
  )
  chmodSync(opener, 0o755)
  return { PATH: `${folder}:${process.env.PATH}` }
}
