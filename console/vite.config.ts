import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { mockApi } from './mock-api/vite-plugin.js'

export default defineConfig(({ command }) => {
  // Independent of the shell: any other value selects React's development build, which contains paths of this machine.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    root: import.meta.dirname,
    plugins: [react(), mockApi()],
    build: { outDir: 'dist/app', emptyOutDir: true, sourcemap: false },
  }
})
