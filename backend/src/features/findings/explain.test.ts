import { expect, test } from 'vitest'
import { explain } from './explain.js'

test.each([
  { name: 'malware', source: 'realtime', signatureName: 'Unix.Trojan.Mirai-1', expected: /isolate the pod/ },
  { name: 'malware of an image', source: 'image_layer', signatureName: 'Unix.Trojan.Mirai-1', expected: /rebuild the image/ },
  {
    name: 'the test file',
    source: 'realtime',
    signatureName: 'Eicar-Test-Signature.UNOFFICIAL',
    expected: /^This is the EICAR test file: detection works/,
  },
] as const)('explains $name', ({ source, signatureName, expected }) => expect(explain(source, signatureName)).toMatch(expected))
