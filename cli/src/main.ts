#!/usr/bin/env node
import { runCli } from './run-cli.js'

// Users cannot fix deprecated calls of libraries.
process.noDeprecation = true

// No top-level await: in the single executable this file is CommonJS.
runCli(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode
  },
  (error: unknown) => {
    process.stderr.write(`guardimesh: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
  },
)
