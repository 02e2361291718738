import { fileURLToPath } from 'node:url'

/** The script that manages the cluster; the TypeScript code only calls it. */
export const CLUSTER_SCRIPT = fileURLToPath(new URL('../../cluster/cluster.sh', import.meta.url))
/** The script that builds the programs of the cluster, once for each version of their sources. */
export const BUILD_SCRIPT = fileURLToPath(new URL('../../cluster/build.sh', import.meta.url))

/** Returns the environment of the scripts, with the state folder of the cluster. */
export function clusterEnvironment(stateFolder: string): NodeJS.ProcessEnv {
  return { ...process.env, GUARDIMESH_CLUSTER_STATE: stateFolder }
}
