// The command is built apart from the app: code-split CommonJS, everything bundled, so that it starts in a blink.
import { chmodSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import packageJson from './package.json' with { type: 'json' }

/** npm makes a linked command executable once; every build after that writes the file anew. */
const executableEntry: Plugin = {
  name: 'executable-entry',
  writeBundle: ({ dir = '' }) => chmodSync(join(dir, 'hallpass.cjs'), 0o755),
}

/**
 * Keeps each entry in one file. The bundler makes it load its own helpers also where it uses none of them; anything else
 * that slips in would cost every AWS tool a millisecond, and nobody would notice.
 */
const entryAlone: Plugin = {
  name: 'entry-alone',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.isEntry) continue
      chunk.code = chunk.code.replace(/,require\("\.\/chunks\/rolldown-runtime-[^"]+"\);/, ';')
      const [other] = /(?<!=>)require\("\.\/[^"]+"\)/.exec(chunk.code) ?? []
      if (other) this.error(`The entry loads another file at once: ${other}`)
    }
  },
}

/**
 * Keeps libraries out of what AWS tools and shells wait for. A group takes in whatever its modules import, so one module
 * too many in its pattern makes its file several times as large, and nobody would notice.
 */
const quickWithoutLibraries: Plugin = {
  name: 'quick-without-libraries',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !QUICK_GROUPS.some(({ name }) => name === chunk.name)) continue
      const library = chunk.moduleIds.find((id) => /node_modules\/(?!fastest-levenshtein\/)/.test(id))
      if (library) this.error(`${chunk.name}, which has to be quick, takes a library in: ${library}`)
    }
  },
}

/** Modules by their paths below the repository. */
const modules = (...paths: string[]) => new RegExp(`(?:${paths.join('|')})\\.[a-z]+$`)

/**
 * What asks the agent, in the entry's own file: AWS tools wait for it, and each further file costs a millisecond. The
 * others find what they share with it in there, so nobody outside of the build may import the entry.
 */
const AGENT_GROUP = {
  name: 'hallpass',
  test: modules(
    'src/cli/(?:hallpass|credential-process-start|output/one-line|output/write-out|output/style)',
    'src/core/agent/(?:challenge|conversation|endpoint|hmac|lines|pipe|protocol)',
    'src/core/(?:state-folder|core-dumps|practice/home)',
    'src/shared/errors',
    'src/cli/started-at',
  ),
}

/**
 * What hands out a cached session where no agent answers, in two more files. The second, with the cryptography, is
 * loaded while the keychain is looking up the key.
 */
const QUICK_GROUPS = [
  {
    name: 'start',
    test: modules(
      'src/cli/(?:start|quick-credentials)',
      'src/core/(?:names|redact|clock-setting|session-mark|shell-quote)',
      'src/core/aws/credential-formats',
      'src/core/sessions/(?:quick-look|session-key-entry)',
      'src/core/store/(?:peek|reading|sqlite|migrations|connection)',
      'src/core/vault/(?!split-values|keychain-process|assemble)[a-z-]+',
      'node_modules/fastest-levenshtein/.*',
    ),
  },
  {
    name: 'quick-open',
    test: modules(
      'src/core/activity/(?:quick-record|asker|entry|facts|log-file|seal)',
      'src/core/sessions/(?:quick-open|cache|chain|seal|mfa-session)',
      'src/core/aws/(?:aws-clock|endpoints)',
      'src/shared/partitions',
    ),
  },
]

export default defineConfig({
  publicDir: false,
  plugins: [executableEntry, entryAlone, quickWithoutLibraries],
  define: { __HALLPASS_VERSION__: JSON.stringify(packageJson.version) },
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/cli',
    emptyOutDir: true,
    minify: 'oxc',
    rolldownOptions: {
      input: {
        hallpass: resolve(import.meta.dirname, 'src/cli/hallpass.ts'),
        keychain: resolve(import.meta.dirname, 'src/cli/keychain.ts'),
      },
      // The entry exports what others share with it, not what it exports itself.
      preserveEntrySignatures: false,
      external: ['keytar', ...builtinModules.flatMap((name) => [name, `node:${name}`])],
      output: {
        format: 'cjs',
        // `import('node:http')` reads all that module exports, and thereby loads Node's `fetch`: 6 MB, and as long as Node takes to start.
        dynamicImportInCjs: false,
        // One other character, and V8 keeps all of a file in two bytes each.
        charset: 'ascii',
        entryFileNames: '[name].cjs',
        chunkFileNames: 'chunks/[name]-[hash].cjs',
        codeSplitting: { groups: [AGENT_GROUP, ...QUICK_GROUPS] },
        banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
      },
    },
  },
})
