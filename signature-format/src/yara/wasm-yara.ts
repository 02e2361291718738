import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { messageOf, withoutByteOrderMark } from '@guardimesh/kit'
import type * as WasmModule from '@virustotal/yara-x'
import { firstErrorOf, MAX_MATCHES_PER_PATTERN, type YaraEngine, type YaraRules, type YaraSource } from './yara-rules.js'

const PACKAGE = '@virustotal/yara-x'

/** The used part of YARA-X's result. */
interface WasmScan {
  readonly errors?: readonly string[]
  readonly matches: readonly {
    readonly identifier: string
    readonly namespace: string
    readonly isPrivate: boolean
    readonly metadata: readonly { readonly identifier: string; readonly value: unknown }[]
  }[]
}

/** The WASM build has no access to files, so an `include` fails to compile. */
export function createWasmEngine(): YaraEngine {
  const wasm = createRequire(import.meta.url)(PACKAGE) as typeof WasmModule
  wasm.initSync({ module: readFileSync(new URL('./yara_x_js_bg.wasm', import.meta.resolve(PACKAGE))) })
  return { compileError: (source) => compileError(wasm, source), compile: (sources) => compile(wasm, sources) }
}

/** Each source needs its own compiler, which is unusable after an error. */
function compileError(wasm: typeof WasmModule, source: string): string | undefined {
  using compiler = newCompiler(wasm)
  try {
    compiler.addSource(withoutByteOrderMark(source))
    compiler.build().free()
    return undefined
  } catch (error) {
    return firstErrorOf(compiler.errors) ?? messageOf(error)
  }
}

function compile(wasm: typeof WasmModule, sources: readonly YaraSource[]): YaraRules {
  using compiler = newCompiler(wasm)
  for (const { name, source } of sources) {
    compiler.newNamespace(name)
    compiler.addSource(withoutByteOrderMark(source))
  }
  const scanner = new wasm.Scanner(compiler.build())
  scanner.setMaxMatchesPerPattern(MAX_MATCHES_PER_PATTERN)
  return {
    scan: (content, fileName) => {
      scanner.setGlobal('filename', fileName)
      const { errors = [], matches } = scanner.scan(content) as WasmScan
      if (errors.length > 0) throw new Error(errors.join('; '))
      return matches
        .filter(({ isPrivate }) => !isPrivate)
        .map(({ identifier, namespace, metadata }) => ({
          rule: identifier,
          sourceName: namespace,
          metadata: Object.fromEntries(metadata.map((entry) => [entry.identifier, entry.value])),
        }))
    },
  }
}

function newCompiler(wasm: typeof WasmModule): WasmModule.Compiler {
  const compiler = new wasm.Compiler()
  compiler.defineGlobal('filename', '')
  return compiler
}
