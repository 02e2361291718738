import { SECCOMP_PROFILES } from '@guardimesh/kit/seccomp/seccomp-profiles'
import type { OwnProfiles } from '../desired/security-profiles.js'

/** The seccomp profiles that the scanner image of this release installs. */
export const OWN_PROFILES: OwnProfiles = {
  antivirus: SECCOMP_PROFILES.antivirus.localhostProfile,
  'obfuscation-scanner': SECCOMP_PROFILES['obfuscation-scanner'].localhostProfile,
  puller: SECCOMP_PROFILES.puller.localhostProfile,
}
