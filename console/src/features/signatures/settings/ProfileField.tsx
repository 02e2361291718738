import { SIGNATURE_PROFILES, type SignatureSettings } from '@guardimesh/contracts'
import { Radio } from '@mantine/core'
import { type Control, useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../../ui/format-number.js'
import type { ServerProps } from '../SignaturesFrame.js'
import { findActiveGeneration } from '../signature-rules.js'
import classes from './settings.module.css'
import type { SettingsForm } from './settings-form.js'

interface ProfileFieldProps extends Pick<ServerProps, 'server'> {
  control: Control<SettingsForm, unknown, SignatureSettings>
}

/** Signature profiles with their measured memory. */
export function ProfileField({ control, server }: ProfileFieldProps) {
  const { t } = useTranslation()
  const { field } = useController({ control, name: 'profile' })
  return (
    <Radio.Group
      label={t('signatures.settings.profileLabel')}
      description={t('signatures.settings.profileText')}
      name={field.name}
      value={field.value}
      onChange={field.onChange}
    >
      <div className={classes.profiles}>
        {SIGNATURE_PROFILES.map((profile) => (
          <div key={profile} className={classes.profile} data-chosen={field.value === profile || undefined}>
            <Radio
              value={profile}
              label={t(`signatures.profile.${profile}.name`)}
              description={t(`signatures.profile.${profile}.meaning`)}
            />
            <MemoryOf profile={profile} server={server} />
          </div>
        ))}
      </div>
    </Radio.Group>
  )
}

/** Memory of clamd with a profile. The active profile was measured with its generation, the others in the background. */
function MemoryOf({ profile, server }: Pick<ProfileFieldProps, 'server'> & { profile: SignatureSettings['profile'] }) {
  const { t } = useTranslation()
  const measured = server.profiles?.find((one) => one.profile === profile)?.memoryBytes
  const memoryBytes = server.settings.profile === profile ? findActiveGeneration(server)?.memoryBytes : measured
  return (
    <p className={classes.memory}>
      {memoryBytes == null ? t('signatures.settings.notMeasured') : t('signatures.settings.memory', { memory: formatBytes(memoryBytes) })}
    </p>
  )
}
