import { PASSWORD_MAX_BYTES, PASSWORD_MIN_LENGTH } from '@guardimesh/contracts'
import { z } from 'zod'
import { type InvalidMessage, withLimit } from './form-text.js'

const fail = (message: InvalidMessage) => ({ message })

/** Fields of a form that sets a password: the limits of the API, and the confirmation. */
const newPasswordFields = {
  newPassword: z
    .string()
    .min(PASSWORD_MIN_LENGTH, fail(withLimit('passwordShort', PASSWORD_MIN_LENGTH)))
    .refine((text) => new TextEncoder().encode(text).length <= PASSWORD_MAX_BYTES, fail(withLimit('passwordLong', PASSWORD_MAX_BYTES))),
  repeated: z.string(),
}

const isRepeated = ({ newPassword, repeated }: { newPassword: string; repeated: string }) => newPassword === repeated
const NOT_REPEATED = { ...fail('passwordsDiffer'), path: ['repeated'] }

export const NewPasswordValues = z.object(newPasswordFields).refine(isRepeated, NOT_REPEATED)
export type NewPasswordValues = z.infer<typeof NewPasswordValues>

/** The same with the current password. */
export const ChangedPasswordValues = z
  .object({ currentPassword: z.string().min(1, fail('password')), ...newPasswordFields })
  .refine(isRepeated, NOT_REPEATED)
export type ChangedPasswordValues = z.infer<typeof ChangedPasswordValues>
