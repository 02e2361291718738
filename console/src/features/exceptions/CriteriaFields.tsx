import { type CreateException, EXCEPTION_CRITERIA } from '@guardimesh/contracts'
import { TextInput } from '@mantine/core'
import type { UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import type { ExceptionForm } from './exception-form.js'
import classes from './exceptions.module.css'

/** Fields of the criteria; all that are filled in must match. */
export function CriteriaFields({ form }: { form: UseFormReturn<ExceptionForm, unknown, CreateException> }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  return (
    <fieldset className={classes.fields}>
      <legend>{t('exceptions.create.criteria')}</legend>
      {EXCEPTION_CRITERIA.map((name) => (
        <TextInput
          key={name}
          {...form.register(name)}
          className={name === 'sha256' ? (classes.wide ?? '') : ''}
          label={t(`exceptions.criterion.${name}.name`)}
          description={t(`exceptions.criterion.${name}.meaning`)}
          error={invalidText(form.formState.errors[name]?.message)}
          spellCheck={false}
          autoComplete="off"
        />
      ))}
    </fieldset>
  )
}
