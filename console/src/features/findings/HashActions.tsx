import type { FindingView } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isAllowed } from '../../api/permissions.js'
import { sessionQuery } from '../../api/queries/session.js'
import { paths } from '../../path-builder.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { SecondLine } from '../../ui/SecondLine.js'
import classes from './findings.module.css'

/** Link to the dialog of custom hashes, filled in with hash, name and reason. Renders nothing for a finding without a hash. */
export function HashActions({ finding: { sha256, signatureName, namespace, podName } }: { finding: FindingView }) {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  if (sha256 === null) return null
  const canChange = isAllowed(session?.account, 'signatures:change')
  const reason = t('finding.hash.reason', { signature: signatureName, location: `${namespace}/${podName}` })
  const look = { size: 'compact-sm', variant: 'default', leftSection: <IconFingerprint size={14} aria-hidden /> } as const
  return (
    <div className={classes.hashActions}>
      {canChange ? (
        <Button component={Link} to={paths.signatureCustom({ list: 'hashes', hash: sha256, name: signatureName, reason })} {...look}>
          {t('finding.hash.detect')}
        </Button>
      ) : (
        <>
          <ActionButton {...look} disabledReason={t('signatures.readOnly.role')}>
            {t('finding.hash.detect')}
          </ActionButton>
          <SecondLine>{t('signatures.readOnly.role')}</SecondLine>
        </>
      )}
    </div>
  )
}
