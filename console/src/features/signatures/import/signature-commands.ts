import { LABELS, PART_OF, SYSTEM_NAMESPACE } from '@guardimesh/contracts'

const SELECTOR = `${LABELS.name}=${PART_OF}-signature-server`
/** Where the signature server looks for what people bring. Source: docs/reference/cluster.md */
const INCOMING = '/signatures/incoming'

/** Shell commands for a person with access to the cluster. The target names the file: the image has no shell that could tell a folder from a file. */
export const COMMANDS = {
  pack: 'guardimesh signatures pack /var/lib/clamav --key site.key --output /media/stick',
  push: 'guardimesh signatures push /media/stick/guardimesh-signatures-*.tar.zst',
  showPod: `kubectl -n ${SYSTEM_NAMESPACE} get pods -l ${SELECTOR}`,
  findPod: `POD=$(kubectl -n ${SYSTEM_NAMESPACE} get pods -l ${SELECTOR} -o jsonpath='{.items[0].metadata.name}')`,
  copyOne: `kubectl cp daily.cvd ${SYSTEM_NAMESPACE}/$POD:${INCOMING}/daily.cvd`,
  copyMany: `for file in main.cvd daily.cvd bytecode.cvd; do\n  kubectl cp "$file" "${SYSTEM_NAMESPACE}/$POD:${INCOMING}/$file"\ndone`,
} as const
