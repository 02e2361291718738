import { KubeConfig } from '@kubernetes/client-node'

/** Returns the credentials of the service account of this pod. */
export function inCluster(): KubeConfig {
  const config = new KubeConfig()
  config.loadFromCluster()
  return config
}
