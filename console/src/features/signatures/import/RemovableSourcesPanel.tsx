import { useTranslation } from 'react-i18next'
import { Mono } from '../../../ui/Mono.js'
import { Panel } from '../../../ui/Panel.js'
import type { ServerProps } from '../SignaturesFrame.js'
import classes from '../signatures.module.css'

const KINDS = ['databases', 'steps', 'thirdParty', 'rules', 'bundles'] as const

/** What the signature server takes, and whose bundles. */
export function RemovableSourcesPanel({ server: { trustedKeys, acceptsUnsigned } }: Pick<ServerProps, 'server'>) {
  const { t } = useTranslation()
  return (
    <Panel title={t('signatures.taken.title')}>
      <div className={classes.stack}>
        <ul className={classes.list}>
          {KINDS.map((kind) => (
            <li key={kind}>{t(`signatures.taken.${kind}`)}</li>
          ))}
        </ul>
        <p>{t(acceptsUnsigned ? 'signatures.taken.unsigned' : 'signatures.taken.signedOnly')}</p>
        {trustedKeys.length === 0 ? (
          <p>{t('signatures.taken.noKeys')}</p>
        ) : (
          <>
            <p>{t('signatures.taken.keys')}</p>
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
