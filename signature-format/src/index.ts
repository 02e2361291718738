export * from './signatures/apply-delta.js'
export * from './signatures/catalog-signature.js'
export * from './signatures/container.js'
export * from './signatures/container-header.js'
export * from './signatures/generation-folder.js'
export * from './signatures/import-form.js'
export * from './signatures/inspect-container.js'
export * from './signatures/run-engine.js'
export * from './signatures/signature-file.js'
export * from './signatures/signature-names.js'
export * from './signatures/test-load.js'
export * from './signed-archive/archive-error.js'
export * from './signed-archive/archive-form.js'
export * from './signed-archive/byte-reader.js'
export * from './signed-archive/compression.js'
export * from './signed-archive/read-archive.js'
export * from './signed-archive/signature-bundle.js'
export * from './signed-archive/signing-key.js'
export * from './signed-archive/tar-format.js'
export * from './signed-archive/unpack-file.js'
export * from './signed-archive/volumes.js'
export * from './signed-archive/write-archive.js'
export * from './text/normalize-text-file.js'
export * from './yara/native-yara.js'
export * from './yara/wasm-yara.js'
export * from './yara/yara-engine.js'
export {
  YARA_X_VERSION,
  type YaraMatch,
  type YaraRules,
  type YaraSource,
  YaraTimeoutError,
} from './yara/yara-rules.js'
