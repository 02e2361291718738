/** A rule that the obfuscation scanner adds to those of every generation. The self-test of the node expects it to match. */
export const SELF_TEST_RULE = {
  name: 'Guardimesh_SelfTest',
  source: `rule Guardimesh_SelfTest {
    meta: severity = "low" description = "This text is the canary of the node's self-test. It is harmless."
    strings: $a = /guardimesh self-test canary [0-9a-f]{32}/
    condition: $a
  }`,
} as const

/** Builds a script that the rule matches. Pure. @param nonce 32 hexadecimal digits. */
export function selfTestScript(nonce: string): string {
  return `#!/bin/sh\n# guardimesh self-test canary ${nonce}\n`
}
