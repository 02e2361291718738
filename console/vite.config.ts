import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { mockApi } from './mock-api/vite-plugin.js'

export default defineConfig(({ command }) => {
  // The shell that builds must not decide what is built: any other value makes React's development build, with paths of this machine in it.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    root: import.meta.dirname,
    plugins: [react(), mockApi()],
    build: { outDir: 'dist/app', emptyOutDir: true, sourcemap: false },
  }
})
