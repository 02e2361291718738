/**
 * Builds the configuration of kwok: nodes and pods are ready immediately, and a deleted pod is removed immediately. The templates are Go
 * templates that produce YAML.
 */
export function kwokStages(): string {
  const isLeaving = (operator: 'Exists' | 'DoesNotExist') => ({ key: '.metadata.deletionTimestamp', operator })
  const stages = [
    stage('node-ready', 'Node', [{ key: '.status.phase', operator: 'DoesNotExist' }], { statusTemplate: NODE_STATUS }),
    stage('pod-ready', 'Pod', [isLeaving('DoesNotExist'), { key: '.status.phase', operator: 'In', values: ['Pending'] }], {
      statusTemplate: POD_STATUS,
    }),
    stage('pod-gone', 'Pod', [isLeaving('Exists')], { delete: true }),
  ]
  return [SETTINGS, ...stages].map((one) => JSON.stringify(one)).join('\n---\n')
}

/** With the default parallelism of four, a thousand pods take a minute. */
const SETTINGS = {
  apiVersion: 'config.kwok.x-k8s.io/v1alpha1',
  kind: 'KwokConfiguration',
  options: { podPlayStageParallelism: 32, nodePlayStageParallelism: 32 },
}

const NODE_STATUS = `{{ $now := Now }}
phase: Running
conditions:
- { type: Ready, status: "True", reason: Simulated, message: "", lastHeartbeatTime: {{ $now | Quote }}, lastTransitionTime: {{ $now | Quote }} }
`

const POD_STATUS = `{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
conditions:
- { type: Ready, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: ContainersReady, status: "True", lastTransitionTime: {{ $now | Quote }} }
`

function stage(name: string, kind: 'Node' | 'Pod', matchExpressions: readonly unknown[], next: unknown) {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, next },
  }
}
