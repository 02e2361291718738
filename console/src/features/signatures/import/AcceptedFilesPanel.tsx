import { useTranslation } from 'react-i18next'
import { Mono } from '../../../ui/Mono.js'
import { Panel } from '../../../ui/Panel.js'
import type { ServerProps } from '../SignaturesFrame.js'
import classes from '../signatures.module.css'

const FILE_KINDS = ['databases', 'deltas', 'thirdParty', 'rules', 'bundles'] as const

/** Accepted file types and trusted bundle keys of the signature server. */
export function AcceptedFilesPanel({ server: { trustedKeys, acceptsUnsigned } }: Pick<ServerProps, 'server'>) {
  const { t } = useTranslation()
  return (
    <Panel title={t('signatures.accepted.title')}>
      <div className={classes.stack}>
        <ul className={classes.list}>
          {FILE_KINDS.map((kind) => (
            <li key={kind}>{t(`signatures.accepted.${kind}`)}</li>
          ))}
        </ul>
        <p>{t(acceptsUnsigned ? 'signatures.accepted.unsigned' : 'signatures.accepted.signedOnly')}</p>
        {trustedKeys.length === 0 ? (
          <p>{t('signatures.accepted.noKeys')}</p>
        ) : (
          <>
            <p>{t('signatures.accepted.keys')}</p>
            <ul className={classes.list}>
              {trustedKeys.map((key) => (
                <li key={key}>
                  <Mono text={key} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  )
}
