import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { mockApi } from './mock-api/vite-plugin.js'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), mockApi()],
  build: { outDir: 'dist/app', emptyOutDir: true, sourcemap: true },
})
