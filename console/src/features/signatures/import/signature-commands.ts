import { LABELS, PART_OF, SYSTEM_NAMESPACE } from '@guardimesh/contracts'

const SELECTOR = `${LABELS.name}=${PART_OF}-signature-server`
/** Folder that the signature server imports from. Source: docs/reference/cluster.md */
const INCOMING = '/signatures/incoming'

/** Shell commands for a user with access to the cluster. `kubectl cp` needs the target file name, because the image has no shell. */
export const COMMANDS = {
  pack: 'guardimesh signatures pack /var/lib/clamav --key site.key --output /media/usb',
  push: 'guardimesh signatures push /media/usb/guardimesh-signatures-*.tar.zst',
  showPod: `kubectl -n ${SYSTEM_NAMESPACE} get pods -l ${SELECTOR}`,
  findPod: `POD=$(kubectl -n ${SYSTEM_NAMESPACE} get pods -l ${SELECTOR} -o jsonpath='{.items[0].metadata.name}')`,
  copyOne: `kubectl cp daily.cvd ${SYSTEM_NAMESPACE}/$POD:${INCOMING}/daily.cvd`,
  copyMany: `for file in main.cvd daily.cvd bytecode.cvd; do\n  kubectl cp "$file" "${SYSTEM_NAMESPACE}/$POD:${INCOMING}/$file"\ndone`,
} as const
