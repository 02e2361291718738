#!/usr/bin/env node
import { runCli } from './run-cli.js'

// Which of Node's functions a library calls is nothing that the person at the keyboard could mend.
process.noDeprecation = true

// No top-level await: in the one executable file this is CommonJS.
runCli(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode
  },
  (error: unknown) => {
    process.stderr.write(`guardimesh: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
  },
)
