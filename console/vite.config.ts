import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressedCopies } from './compressed-copies.js'
import { mockApi } from './mock-api/vite-plugin.js'

/**
 * Few files instead of one for each shared module: libraries, and the code that pages share. Libraries run first, so `zod-config.ts` is
 * there, before any schema. The libraries of single pages, and code that only pages of the inventory share, are not part of the first load.
 */
const CHUNKS = [
  {
    name: 'vendor',
    test: /\/node_modules\/(?!tus-js-client\/|url-parse\/|js-base64\/|uplot\/|uqr\/)|\/console\/src\/zod-config|vite\/preload-helper/,
    priority: 2,
  },
  {
    name: 'app',
    test: /\/(console\/src(?!\/features\/(?:objects|coverage|images|nodes|pods)\/)|contracts)\//,
    minShareCount: 2,
    priority: 1,
  },
]

export default defineConfig(({ command }) => {
  // Independent of the shell: any other value selects React's development build, which contains paths of this machine.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    root: import.meta.dirname,
    plugins: [react(), mockApi(), compressedCopies()],
    build: {
      outDir: 'dist/app',
      emptyOutDir: true,
      sourcemap: false,
      cssCodeSplit: false,
      rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
    },
  }
})
