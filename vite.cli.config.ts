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

/** Modules by their paths below the repository. */
const modules = (...paths: string[]) => new RegExp(`(?:${paths.join('|')})\\.[a-z]+$`)

/** What asks the agent, in one file: AWS tools wait for it, and each further file costs a millisecond. */
const AGENT_GROUP = {
  name: 'ask-agent',
  test: modules(
    'src/cli/(?:credential-process-start|output/one-line|output/write-out|output/style)',
    'src/core/agent/(?:conversation|endpoint|lines|protocol)',
    'src/core/(?:state-folder|core-dumps|practice/home)',
    'src/shared/errors',
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
      'src/core/vault/(?!split-values)[a-z-]+',
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
  plugins: [executableEntry],
  define: { __HALLPASS_VERSION__: JSON.stringify(packageJson.version) },
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/cli',
    emptyOutDir: true,
    minify: 'oxc',
    rolldownOptions: {
      input: { hallpass: resolve(import.meta.dirname, 'src/cli/hallpass.ts') },
      external: ['keytar', ...builtinModules.flatMap((name) => [name, `node:${name}`])],
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: 'chunks/[name]-[hash].cjs',
        codeSplitting: { groups: [AGENT_GROUP, ...QUICK_GROUPS] },
        banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
      },
    },
  },
})
