#!/usr/bin/env node
import { runCli } from './run-cli.js'
import { printError } from './terminal/output.js'

// Users cannot fix deprecated calls of libraries.
process.noDeprecation = true

// No top-level await: in the single executable this file is CommonJS.
runCli(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode
  },
  (error: unknown) => {
    printError(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 1
  },
)
