import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname

export default defineConfig({
  main: {
    // Its build for Node declares a `require` of its own, and so does electron-vite in every chunk that has one.
    resolve: { alias: { fflate: resolve(root, 'node_modules/fflate/esm/browser.js') } },
    build: {
      outDir: 'out/main',
      // Only keytar stays outside the bundle: it is native.
      externalizeDeps: { include: ['keytar'] },
      rolldownOptions: { input: { index: resolve(root, 'src/main/index.ts') } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can't load modules: everything it uses is bundled into one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [react()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      minify: true,
      // The CSP allows no inline data beyond images: keep fonts as files.
      assetsInlineLimit: 0,
      // Read from disk, so size matters less than on a network.
      chunkSizeWarningLimit: 1000,
      rolldownOptions: { input: { index: resolve(root, 'src/renderer/index.html') } },
    },
  },
})
