import { type ProfiledContainer, ProfiledContainers, SECCOMP_FOLDER } from '@guardimesh/contracts'
import { type Body, type Container, environment, mount } from './pod.js'
import { PROFILE_INSTALLER_RESOURCES } from './resources.js'
import type { ScannerSpec } from './scanner-defaults.js'
import type { ClusterFacts } from './settings.js'

/** Our seccomp profiles of this release, as paths below the kubelet's seccomp folder. */
export type OwnProfiles = Readonly<Record<ProfiledContainer, string>>

/** Value of `seccompProfiles` that selects the profile of the container runtime. */
const RUNTIME_DEFAULT = 'runtime/default'
const VOLUME = 'seccomp-profiles'
const FOLDER = '/seccomp-profiles'

/** Profiles of a parser: our seccomp profile unless the spec names another one, and the AppArmor profile that it names. Pure. */
export function profilesOf(container: ProfiledContainer, { seccompProfiles, appArmorProfiles }: ScannerSpec, own: OwnProfiles): Body {
  const localhost = (name: string) => ({ type: 'Localhost', localhostProfile: name })
  const seccomp = seccompProfiles?.[container] ?? own[container]
  const appArmor = appArmorProfiles?.[container]
  return {
    seccompProfile: seccomp === RUNTIME_DEFAULT ? { type: 'RuntimeDefault' } : localhost(seccomp),
    ...(appArmor ? { appArmorProfile: localhost(appArmor) } : {}),
  }
}

/** Whether a parser uses a profile of ours, which must then be on every node. */
const usesOwnProfiles = ({ seccompProfiles }: ScannerSpec) => ProfiledContainers.some((container) => !seccompProfiles?.[container])

/**
 * Init containers of a scanner pod: writes our seccomp profiles to the node, which the restricted pod of the parsers cannot do. Kubernetes
 * retries a container whose profile does not exist yet. Pure.
 */
export function profileInstallers(spec: ScannerSpec): Container[] {
  if (!usesOwnProfiles(spec)) return []
  return [
    {
      name: 'guardimesh-profile-installer',
      image: 'scanner',
      args: ['scanner/dist/processes/profile-installer/main.js'],
      env: environment({ PROFILES_FOLDER: FOLDER }),
      resources: PROFILE_INSTALLER_RESOURCES,
      mounts: [mount(VOLUME, FOLDER)],
      isRootWithoutCapabilities: true,
    },
  ]
}

/** The only folder of the node that the installer sees: ours below the kubelet's seccomp folder. Pure. */
export function profileVolumes(spec: ScannerSpec, { kubeletFolder }: ClusterFacts): Body[] {
  if (!usesOwnProfiles(spec)) return []
  const path = `${spec.kubeletFolder ?? kubeletFolder}/seccomp/${SECCOMP_FOLDER}`
  return [{ name: VOLUME, hostPath: { path, type: 'DirectoryOrCreate' } }]
}
