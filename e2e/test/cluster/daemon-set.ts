/** Builds a DaemonSet of an image that is on every node. Pure. */
export function buildDaemonSet(namespace: string, name: string, image: string) {
  const labels = { app: name }
  const container = { name, image, imagePullPolicy: 'Never' }
  const spec = { terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, containers: [container] }
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  }
}
