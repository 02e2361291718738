import { createNativeEngine } from './native-yara.js'
import { createWasmEngine } from './wasm-yara.js'
import type { YaraEngine } from './yara-rules.js'

let engine: YaraEngine | undefined

/**
 * Returns the YARA-X of this machine: native code on x86-64, the WASM build elsewhere. Both are the same version of YARA-X. Scans run in
 * processes of their own, because neither can be interrupted, native code can crash, and the WASM build leaks 128 KiB per scan.
 *
 * @throws the error of the module loader; a machine with native YARA-X never falls back to the slow build.
 * Source: docs/decisions/0023-native-yara-x.md
 */
export function yaraEngine(): YaraEngine {
  engine ??= process.arch === 'x64' ? createNativeEngine() : createWasmEngine()
  return engine
}
