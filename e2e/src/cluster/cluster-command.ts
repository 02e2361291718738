import { fileURLToPath } from 'node:url'

/** Script that implements all cluster operations. */
export const CLUSTER_SCRIPT = fileURLToPath(new URL('../../cluster/cluster.sh', import.meta.url))
/** Script that builds the programs of the cluster if their sources have changed. */
export const BUILD_SCRIPT = fileURLToPath(new URL('../../cluster/build.sh', import.meta.url))
/** Script that builds the release that the upgrade test starts from, once per machine. */
export const PREVIOUS_RELEASE_SCRIPT = fileURLToPath(new URL('../../cluster/previous-release.sh', import.meta.url))

/** Builds the environment of the scripts with the state folder of the cluster. */
export function buildClusterEnvironment(stateFolder: string): NodeJS.ProcessEnv {
  return { ...process.env, GUARDIMESH_CLUSTER_STATE: stateFolder }
}
