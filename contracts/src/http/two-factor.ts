import { z } from 'zod'
import { AccountView } from './sessions.js'

/** Response of `POST /login`: the account, or the request for the code of the second step. */
export const LoginResult = z.union([AccountView, z.object({ totp_required: z.literal(true) })])
export type LoginResult = z.infer<typeof LoginResult>

const Code = z.string().trim().min(6).max(40)

/** `POST /login/verify-totp` and `POST /api/account/two-factor/confirm`. */
export const VerifyTotp = z.object({ code: Code.describe('Six digits of the app; for the login also a recovery code') })
export type VerifyTotp = z.infer<typeof VerifyTotp>

/** Repeats the password before a change of the second factor. */
export const ConfirmPassword = z.object({ currentPassword: z.string().min(1).max(1024) })
export type ConfirmPassword = z.infer<typeof ConfirmPassword>

/** `GET /api/account/two-factor`. */
export const TwoFactorView = z.object({ isEnabled: z.boolean(), recoveryCodesLeft: z.int() })
export type TwoFactorView = z.infer<typeof TwoFactorView>

/** Response of `POST /api/account/two-factor`. */
export const TotpSecret = z.object({
  secret: z.string().describe('Base32; for an app that reads no QR code'),
  uri: z.string().describe('otpauth:// URI, the content of the QR code'),
})
export type TotpSecret = z.infer<typeof TotpSecret>

/** Codes for a login without the app; each works once. Returned only when they are created. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>
