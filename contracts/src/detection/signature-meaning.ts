import type { SeverityName } from './severity.js'

/** What a signature's name tells a person. */
export interface SignatureMeaning {
  readonly severity: SeverityName
  /** One sentence. */
  readonly description: string
}

interface NameRule extends SignatureMeaning {
  readonly name: RegExp
}

/** First match wins. Names follow ClamAV's scheme Platform.Category.Name-number (docs.clamav.net, "Signature naming guidelines"). */
const RULES: readonly NameRule[] = [
  {
    name: /eicar/i,
    // As high as unknown malware, so that alerts and their ways can be tried with it.
    severity: 'high',
    description: 'This is the EICAR test file, which is harmless: it proves that malware here would be found.',
  },
  { name: /\btest\b/i, severity: 'info', description: 'This is a test file for scanners, not malware.' },
  { name: /^PUA\.|\bPUA\b/, severity: 'medium', description: 'This program is legal but often unwanted; check who put it here.' },
  { name: /ransom/i, severity: 'critical', description: 'This is ransomware: it encrypts files and asks for money.' },
  { name: /rootkit/i, severity: 'critical', description: 'This is a rootkit: it hides an attacker on the machine.' },
  { name: /web-?shell/i, severity: 'critical', description: 'This is a web shell: whoever reaches it runs commands in this container.' },
  { name: /miner|coinhive/i, severity: 'high', description: 'This mines crypto-currency for somebody else.' },
  { name: /back-?door|reverse-?shell/i, severity: 'critical', description: 'This is a back door: it lets an attacker in from outside.' },
  { name: /trojan|dropper|loader|downloader/i, severity: 'high', description: 'This is a trojan: it does harm while it pretends not to.' },
  { name: /worm|virus|botnet|ddos|flooder/i, severity: 'high', description: 'This spreads by itself or attacks other machines.' },
  { name: /exploit|\bCVE[-_]/i, severity: 'high', description: 'This uses a weakness of a program to break into a system.' },
  { name: /phish/i, severity: 'medium', description: 'This imitates a trusted sender to steal passwords.' },
  { name: /adware|spyware|keylog|hacktool|tool\b/i, severity: 'medium', description: 'This is a tool that attackers often bring along.' },
  { name: /packed|packer|obfuscat/i, severity: 'medium', description: 'This program is packed, which hides what it does.' },
  { name: /^Heuristics\./, severity: 'medium', description: 'This looks like malware, though no exact signature matched.' },
]
const OTHER: SignatureMeaning = { severity: 'high', description: 'A malware signature matched this file.' }

/** Says how bad a signature's hit is, and what it means. Pure. */
export function meaningOfSignature(signatureName: string): SignatureMeaning {
  const rule = RULES.find(({ name }) => name.test(signatureName))
  return rule ? { severity: rule.severity, description: rule.description } : OTHER
}
