import { createHash } from 'node:crypto'
import type { ProfiledContainer } from '@guardimesh/contracts/kube/guardimesh-scanner'
import { SECCOMP_FOLDER } from '@guardimesh/contracts/kube/names'
import antivirus from './antivirus.json' with { type: 'json' }
import obfuscationScanner from './obfuscation-scanner.json' with { type: 'json' }
import puller from './puller.json' with { type: 'json' }

/** A seccomp profile as a file of a node, in the format of OCI runtimes. */
export interface SeccompProfile {
  /** Name in `SECCOMP_FOLDER`. It contains a hash of the content: pods of two releases can run next to each other. */
  readonly fileName: string
  /** Its path below the kubelet's seccomp folder, as pods refer to it. */
  readonly localhostProfile: string
  readonly content: string
}

/** Our profiles of the parsers of hostile content, which the runtime applies. */
export const SECCOMP_PROFILES: Readonly<Record<ProfiledContainer, SeccompProfile>> = {
  antivirus: seccompProfile('antivirus', antivirus),
  'obfuscation-scanner': seccompProfile('obfuscation-scanner', obfuscationScanner),
  puller: seccompProfile('puller', puller),
}

function seccompProfile(container: ProfiledContainer, profile: unknown): SeccompProfile {
  const content = `${JSON.stringify(profile, undefined, 1)}\n`
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const fileName = `${container}-${hash}.json`
  return { fileName, localhostProfile: `${SECCOMP_FOLDER}/${fileName}`, content }
}
