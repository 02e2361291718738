import { ActionIcon, PasswordInput, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { useFieldArray, useFormState } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import { ActionButton } from '../../ui/ActionButton.js'
import type { ChannelControl } from './channel-form.js'
import classes from './notifications.module.css'

/** Maximum in the API. */
const HEADERS_MAX = 20

/** Headers of each message. A stored value is never shown; an empty field keeps it. */
export function HeadersField({ control }: { control: ChannelControl }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const hintId = useId()
  const { fields, append, remove } = useFieldArray({ control, name: 'headers' })
  const { errors } = useFormState({ control, name: 'headers' })
  const problem = invalidText(errors.headers?.message)
  return (
    <fieldset className={classes.group} aria-describedby={hintId}>
      <legend className={classes.legend}>{t('notifications.form.headers')}</legend>
      <p id={hintId} className={classes.hint}>
        {t('notifications.form.headersHint')}
      </p>
      {fields.map((row, index) => (
        <div key={row.id} className={classes.header}>
          <TextInput
            {...control.register(`headers.${index}.name`)}
            aria-label={t('notifications.form.headerName', { number: index + 1 })}
            readOnly={row.isSet}
            spellCheck={false}
            autoComplete="off"
            maxLength={128}
          />
          <PasswordInput
            {...control.register(`headers.${index}.value`)}
            aria-label={t('notifications.form.headerValue', { number: index + 1 })}
            placeholder={row.isSet ? t('notifications.form.headerIsSet') : ''}
            autoComplete="off"
            maxLength={4096}
            visibilityToggleButtonProps={{ 'aria-label': t('form.showPassword') }}
          />
          <ActionIcon
            variant="subtle"
            aria-label={t('notifications.form.headerRemove', { number: index + 1 })}
            onClick={() => remove(index)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
      <div>
        <ActionButton
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={12} aria-hidden />}
          disabledReason={fields.length < HEADERS_MAX ? undefined : t('notifications.form.headersFull', { limit: HEADERS_MAX })}
          onClick={() => append({ name: '', value: '', isSet: false })}
        >
          {t('notifications.form.headerAdd')}
        </ActionButton>
      </div>
    </fieldset>
  )
}
