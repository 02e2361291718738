import type { FindingView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { CopyableText } from '../../ui/CopyableText.js'
import { Facts } from '../../ui/Facts.js'
import { Mono } from '../../ui/Mono.js'
import { Panel } from '../../ui/Panel.js'

/** The API's bound of `search`. */
const SEARCH_MAX_LENGTH = 200

/** Where it was found. Each name leads to the other findings of the same place. */
export function PlacePanel({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const { clusterId, nodeName, namespace, podName, containerName, containerId, image } = finding
  return (
    <Panel title={t('finding.place.title')}>
      <Facts
        facts={[
          [
            t('finding.place.namespace'),
            <Link key="n" to={paths.findings({ namespace })}>
              {namespace}
            </Link>,
          ],
          [
            t('finding.place.pod'),
            <Link key="p" to={paths.findings({ namespace, pod: podName })}>
              {podName}
            </Link>,
          ],
          [
            t('finding.place.container'),
            <Link key="c" to={paths.findings({ container: containerName, pod: podName, namespace })}>
              {containerName}
            </Link>,
          ],
          [t('finding.place.containerId'), <CopyableText key="id" text={containerId} label={t('finding.place.copyContainerId')} />],
          [
            t('finding.place.image'),
            <Link key="i" to={paths.findings({ search: image.slice(0, SEARCH_MAX_LENGTH) })}>
              <Mono text={image} />
            </Link>,
          ],
          [t('finding.place.imageDigest'), finding.imageDigest && <Mono key="d" text={finding.imageDigest} />],
          [
            t('finding.place.node'),
            <Link key="o" to={paths.findings({ node: nodeName })}>
              {nodeName}
            </Link>,
          ],
          [
            t('finding.place.cluster'),
            <Link key="k" to={paths.findings({ cluster: clusterId })}>
              {clusterId}
            </Link>,
          ],
          [t('finding.place.podIp'), finding.podIp],
          [t('finding.place.hostIp'), finding.hostIp],
          [t('finding.place.podUid'), finding.podUid && <Mono key="u" text={finding.podUid} />],
        ]}
      />
    </Panel>
  )
}
