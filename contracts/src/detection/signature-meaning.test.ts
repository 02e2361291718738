import { expect, test } from 'vitest'
import { SEVERITIES } from './severity.js'
import { meaningOfSignature } from './signature-meaning.js'

test.each([
  { name: 'Eicar-Test-Signature.UNOFFICIAL', severity: 'high' },
  { name: 'Win.Test.EICAR_HDB-1', severity: 'high' },
  { name: 'PUA.Win.Packer.Upx-1', severity: 'medium' },
  { name: 'Unix.Trojan.Mirai-7100807-0', severity: 'high' },
  { name: 'Win.Ransomware.WannaCry-1', severity: 'critical' },
  { name: 'Unix.Rootkit.Diamorphine-1', severity: 'critical' },
  { name: 'Unix.Coinminer.Xmrig-1', severity: 'high' },
  { name: 'Guardimesh.Webshell.PHP.EvalRequest.UNOFFICIAL', severity: 'critical' },
  { name: 'Guardimesh.Packed.UPX.ELF.UNOFFICIAL', severity: 'medium' },
  { name: 'Multios.Exploit.CVE_2021_44228-1', severity: 'high' },
  { name: 'Something.Else-1', severity: 'high' },
])('$name is $severity', ({ name, severity }) => expect(meaningOfSignature(name).severity).toBe(severity))

test('describes the EICAR test file as harmless', () => {
  expect(meaningOfSignature('Eicar-Signature').description).toContain('harmless')
})

test.each(['', 'x', 'Üñï', '.'.repeat(300), '__proto__', 'PUA', 'a b\nc'])('returns a severity and a sentence for %j', (name) => {
  const { severity, description } = meaningOfSignature(name)
  expect(SEVERITIES).toContain(severity)
  expect(description).toMatch(/^[A-Z].*\.$/)
})
