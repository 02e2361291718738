/** A step of "What to do": the name of its text, and the command. */
export interface KubectlStep {
  readonly name:
    | 'cordon'
    | 'drain'
    | 'scannerLogs'
    | 'scanNode'
    | 'isolate'
    | 'logs'
    | 'describe'
    | 'deletePod'
    | 'scanPod'
    | 'findPods'
    | 'events'
  readonly command: string
}

/** Quotes a name for a POSIX shell unless it needs no quotes. Names are reported by nodes, so they may contain anything. Pure. */
export function shellQuote(name: string): string {
  return /^[A-Za-z0-9_./:@-]+$/.test(name) && !name.startsWith('-') ? name : `'${name.replaceAll("'", `'\\''`)}'`
}

const SYSTEM = 'guardimesh-system'
const SCAN_NOW = '/usr/bin/node scanner/dist/cli/scan-now.js'

/** Shell substitution with the scanner pod of a node. */
const scannerPod = (nodeName: string) =>
  `"$(kubectl -n ${SYSTEM} get pod -o name -l app.kubernetes.io/component=scanner --field-selector ${shellQuote(`spec.nodeName=${nodeName}`)})"`

/** Command that runs in the scanner of a node. */
const inScanner = (nodeName: string, command: string) =>
  `kubectl -n ${SYSTEM} exec ${scannerPod(nodeName)} -c guardimesh-scanner -- ${command}`

/** Steps for a node, the least disruptive first. Pure. */
export function nodeSteps(nodeName: string): KubectlStep[] {
  const name = shellQuote(nodeName)
  return [
    { name: 'scannerLogs', command: `kubectl -n ${SYSTEM} logs ${scannerPod(nodeName)} --all-containers --prefix --tail=200` },
    { name: 'scanNode', command: inScanner(nodeName, SCAN_NOW) },
    { name: 'cordon', command: `kubectl cordon ${name}` },
    { name: 'drain', command: `kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data` },
  ]
}

/** Steps for a pod, the least disruptive first. Pure. */
export function podSteps({ namespace, podName, nodeName }: { namespace: string; podName: string; nodeName: string }): KubectlStep[] {
  const target = `-n ${shellQuote(namespace)}`
  const pod = shellQuote(podName)
  return [
    { name: 'logs', command: `kubectl ${target} logs ${pod} --all-containers --timestamps > pod.log` },
    { name: 'describe', command: `kubectl ${target} get pod ${pod} -o yaml > pod.yaml` },
    { name: 'scanPod', command: inScanner(nodeName, `${SCAN_NOW} --namespace ${shellQuote(namespace)} --pod ${pod}`) },
    { name: 'isolate', command: `kubectl ${target} label pod ${pod} guardimesh.io/quarantine=true` },
    { name: 'deletePod', command: `kubectl ${target} delete pod ${pod}` },
  ]
}

/** Steps for a namespace. Pure. */
export function namespaceSteps(namespace: string): KubectlStep[] {
  return [
    { name: 'findPods', command: `kubectl -n ${shellQuote(namespace)} get pods -o wide` },
    { name: 'events', command: `kubectl -n ${shellQuote(namespace)} get events --sort-by=.lastTimestamp` },
  ]
}

/** Steps for an image. Pure. */
export function imageSteps(image: string): KubectlStep[] {
  const filter = `.items[] | select(any(.spec.containers[]; .image == $image)) | "\\(.metadata.namespace)/\\(.metadata.name)"`
  return [{ name: 'findPods', command: `kubectl get pods -A -o json | jq -r --arg image ${shellQuote(image)} '${filter}'` }]
}
