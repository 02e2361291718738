import type { FindingView } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { IconFingerprint, IconShieldOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { can } from '../../api/permissions.js'
import { sessionQuery } from '../../api/queries/session.js'
import { type CustomListName, paths } from '../../path-builder.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { Second } from '../../ui/Second.js'
import classes from './findings.module.css'

const ACTIONS = [
  { action: 'detect', list: 'hashes', icon: IconFingerprint },
  { action: 'ignore', list: 'ignored-files', icon: IconShieldOff },
] as const satisfies readonly { list: CustomListName; [name: string]: unknown }[]

/** From a finding to the custom signatures, with the file's hash, a name and the reason filled in. Nothing for content without a hash. */
export function HashActions({ finding: { sha256, signatureName, namespace, podName } }: { finding: FindingView }) {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  if (sha256 === null) return null
  const mayChange = session ? can.changeSignatures(session.account) : false
  const reason = t('finding.hash.reason', { signature: signatureName, place: `${namespace}/${podName}` })
  return (
    <div className={classes.hashActions}>
      {ACTIONS.map(({ action, list, icon: Icon }) =>
        mayChange ? (
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
            disabledReason={t('signatures.mayNot.role')}
          >
            {t(`finding.hash.${action}`)}
          </ActionButton>
        ),
      )}
      {mayChange ? null : <Second>{t('signatures.mayNot.role')}</Second>}
    </div>
  )
}
