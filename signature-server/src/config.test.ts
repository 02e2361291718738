import { expect, test } from 'vitest'
import { readSignatureServerConfig } from './config.js'

test('uses defaults', () => {
  expect(readSignatureServerConfig({})).toMatchObject({
    signaturesFolder: '/signatures',
    port: 8443,
    tls: undefined,
    stableMs: 5000,
    testLoad: {},
  })
})

test('maps the environment to the configuration', () => {
  const env = {
    ...{ TLS_CERTIFICATE_FILE: '/tls/tls.crt', TLS_KEY_FILE: '/tls/tls.key', UNSIGNED_FILES: 'refuse', GOLDEN_FOLDERS: '/bin:/usr/bin' },
    ...{ STABLE_SECONDS: '0.5', TEST_LOAD_SECONDS: '60', TEST_LOAD_MEMORY_MIB: '1024' },
  }
  expect(readSignatureServerConfig(env)).toMatchObject({
    tls: { certificateFile: '/tls/tls.crt', keyFile: '/tls/tls.key' },
    acceptsUnsigned: false,
    goldenFolders: ['/bin', '/usr/bin'],
    stableMs: 500,
    testLoad: { timeoutMs: 60_000, memoryBytes: 1_073_741_824 },
  })
})

test('rejects a certificate without its key', () => {
  expect(() => readSignatureServerConfig({ TLS_CERTIFICATE_FILE: '/tls/tls.crt' })).toThrow(/TLS_KEY_FILE/)
})
