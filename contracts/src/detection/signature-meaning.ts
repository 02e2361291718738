import type { SeverityName } from './severity.js'

/** Meaning of a signature, derived from its name. */
export interface SignatureMeaning {
  readonly severity: SeverityName
  /** Explanation in one sentence. */
  readonly description: string
}

interface NameRule extends SignatureMeaning {
  readonly name: RegExp
}

/** First match wins. Names follow ClamAV's scheme Platform.Category.Name-number (docs.clamav.net, "Signature naming guidelines"). */
const RULES: readonly NameRule[] = [
  {
    name: /eicar/i,
    // Same severity as unknown malware, so that users can test alerting with it.
    severity: 'high',
    description: 'EICAR test file (harmless).',
  },
  { name: /\btest\b/i, severity: 'info', description: 'Test file for malware scanners (harmless).' },
  {
    name: /^PUA\.|\bPUA\b/,
    severity: 'medium',
    description: 'Potentially unwanted application: legal software that is often abused. Check who installed it.',
  },
  { name: /ransom/i, severity: 'critical', description: 'Ransomware: encrypts files and demands payment.' },
  { name: /rootkit/i, severity: 'critical', description: 'Rootkit: hides an attacker on the host.' },
  { name: /web-?shell/i, severity: 'critical', description: 'Web shell: lets anyone who can reach it run commands in this container.' },
  { name: /miner|coinhive/i, severity: 'high', description: 'Cryptocurrency miner: uses the CPU of this node for an attacker.' },
  { name: /back-?door|reverse-?shell/i, severity: 'critical', description: 'Backdoor: gives an attacker remote access.' },
  { name: /trojan|dropper|loader|downloader/i, severity: 'high', description: 'Trojan: malware that poses as a legitimate program.' },
  { name: /worm|virus|botnet|ddos|flooder/i, severity: 'high', description: 'Worm or bot: spreads by itself or attacks other systems.' },
  { name: /exploit|\bCVE[-_]/i, severity: 'high', description: 'Exploit: uses a vulnerability to break into a system.' },
  { name: /phish/i, severity: 'medium', description: 'Phishing: imitates a trusted sender to steal passwords.' },
  { name: /adware|spyware|keylog|hacktool|tool\b/i, severity: 'medium', description: 'Tool that attackers often install.' },
  { name: /packed|packer|obfuscat/i, severity: 'medium', description: 'Packed program: packing hides its behaviour.' },
  { name: /^Heuristics\./, severity: 'medium', description: 'Resembles malware, although no exact signature matched.' },
]
const OTHER: SignatureMeaning = { severity: 'high', description: 'Matches a malware signature.' }

/** Returns severity and meaning of a signature. Pure. */
export function meaningOfSignature(signatureName: string): SignatureMeaning {
  const rule = RULES.find(({ name }) => name.test(signatureName))
  return rule ? { severity: rule.severity, description: rule.description } : OTHER
}
