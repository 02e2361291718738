import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { type ApiServer, CLUSTER_BINARIES } from './api-server.js'

/** Creates a namespace, and grants the user `operator` exactly the permissions of a file like platform-operator/rbac.yaml. */
export async function grantOperatorRights(server: ApiServer, namespace: string, rbacFile: string): Promise<void> {
  const [config, rights] = [join(server.folder, 'rights-admin.json'), join(server.folder, 'rights.yaml')]
  await writeFile(config, server.kubeConfigText('admin'), { mode: 0o600 })
  await writeFile(rights, rightsText(namespace, await readFile(rbacFile, 'utf8')))
  await runChecked(join(CLUSTER_BINARIES, 'kubectl'), ['apply', `--kubeconfig=${config}`, '-f', rights])
}

/** Converts the two lists of rules to YAML for kubectl. Pure. */
function rightsText(namespaceName: string, rbac: string): string {
  const [, namespaced, cluster] = rbac.split(/^(?:namespaced|cluster):$/m)
  const api = 'rbac.authorization.k8s.io'
  const object = (kind: string, rest: string) =>
    `apiVersion: ${api}/v1\nkind: ${kind}\nmetadata: { name: operator, namespace: ${namespaceName} }\n${rest}\n`
  const binding = (kind: string) =>
    object(
      `${kind}Binding`,
      `subjects: [{ kind: User, name: operator, apiGroup: ${api} }]\nroleRef: { apiGroup: ${api}, kind: ${kind}, name: operator }`,
    )
  const rules = (list: string | undefined) => `rules:\n${list}`
  const namespace = `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${namespaceName} }\n`
  return [
    namespace,
    object('Role', rules(namespaced)),
    binding('Role'),
    object('ClusterRole', rules(cluster)),
    binding('ClusterRole'),
  ].join('---\n')
}
