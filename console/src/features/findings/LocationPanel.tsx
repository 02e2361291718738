import type { FindingView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { CopyableText } from '../../ui/CopyableText.js'
import { Facts } from '../../ui/Facts.js'
import { Mono } from '../../ui/Mono.js'
import { Panel } from '../../ui/Panel.js'

/** Location of a finding. Each name links to its page, or to the other findings with the same name. */
export function LocationPanel({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const { clusterId, nodeName, namespace, podName, containerName, containerId, image } = finding
  return (
    <Panel title={t('finding.location.title')}>
      <Facts
        facts={[
          [
            t('finding.location.namespace'),
            <Link key="n" to={namespace === '' ? paths.findings() : paths.namespace(namespace)}>
              {namespace}
            </Link>,
          ],
          [
            t('finding.location.pod'),
            <Link key="p" to={namespace === '' ? paths.findings({ pod: podName }) : paths.pod(clusterId, namespace, podName)}>
              {podName}
            </Link>,
          ],
          [
            t('finding.location.container'),
            <Link key="c" to={paths.findings({ container: containerName, pod: podName, namespace })}>
              {containerName}
            </Link>,
          ],
          [t('finding.location.containerId'), <CopyableText key="id" text={containerId} label={t('finding.location.copyContainerId')} />],
          [
            t('finding.location.image'),
            <Link key="i" to={paths.image(image)}>
              <Mono text={image} />
            </Link>,
          ],
          [t('finding.location.imageDigest'), finding.imageDigest && <Mono key="d" text={finding.imageDigest} />],
          [
            t('finding.location.node'),
            <Link key="o" to={paths.node(clusterId, nodeName)}>
              {nodeName}
            </Link>,
          ],
          [
            t('finding.location.cluster'),
            <Link key="k" to={paths.findings({ cluster: clusterId })}>
              {clusterId}
            </Link>,
          ],
          [t('finding.location.podIp'), finding.podIp],
          [t('finding.location.hostIp'), finding.hostIp],
          [t('finding.location.podUid'), finding.podUid && <Mono key="u" text={finding.podUid} />],
        ]}
      />
    </Panel>
  )
}
