import type { FindingView } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { IconFingerprint, IconShieldOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isAllowed } from '../../api/permissions.js'
import { sessionQuery } from '../../api/queries/session.js'
import { type CustomListName, paths } from '../../path-builder.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { SecondLine } from '../../ui/SecondLine.js'
import classes from './findings.module.css'

const ACTIONS = [
  { action: 'detect', list: 'hashes', icon: IconFingerprint },
  { action: 'ignore', list: 'ignored-files', icon: IconShieldOff },
] as const satisfies readonly { list: CustomListName; [name: string]: unknown }[]

/** Links to the custom signature dialogs, filled in with hash, name and reason. Renders nothing for a finding without a hash. */
export function HashActions({ finding: { sha256, signatureName, namespace, podName } }: { finding: FindingView }) {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  if (sha256 === null) return null
  const canChange = isAllowed(session?.account, 'signatures:change')
  const reason = t('finding.hash.reason', { signature: signatureName, location: `${namespace}/${podName}` })
  return (
    <div className={classes.hashActions}>
      {ACTIONS.map(({ action, list, icon: Icon }) =>
        canChange ? (
          <Button
            key={action}
            component={Link}
            to={paths.signatureCustom({ list, hash: sha256, ...(action === 'detect' ? { name: signatureName } : {}), reason })}
            size="compact-sm"
            variant="default"
            leftSection={<Icon size={14} aria-hidden />}
          >
            {t(`finding.hash.${action}`)}
          </Button>
        ) : (
          <ActionButton
            key={action}
            size="compact-sm"
            variant="default"
            leftSection={<Icon size={14} aria-hidden />}
            disabledReason={t('signatures.readOnly.role')}
          >
            {t(`finding.hash.${action}`)}
          </ActionButton>
        ),
      )}
      {canChange ? null : <SecondLine>{t('signatures.readOnly.role')}</SecondLine>}
    </div>
  )
}
