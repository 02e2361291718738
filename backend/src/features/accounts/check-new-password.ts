import { PASSWORD_MIN_LENGTH } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { passwordWeakness } from './password-weakness.js'

/** Checks a password that a user chooses. @throws GuardError PASSWORD_UNACCEPTABLE. Pure. */
export function checkNewPassword(newPassword: string, email: string): void {
  const normal = newPassword.normalize('NFC')
  if ([...normal].length < PASSWORD_MIN_LENGTH)
    throw new GuardError('PASSWORD_UNACCEPTABLE', `the new password must have at least ${PASSWORD_MIN_LENGTH} characters`)
  const weakness = passwordWeakness(normal, email)
  if (weakness !== undefined) throw new GuardError('PASSWORD_UNACCEPTABLE', `the new password ${weakness}; choose another`)
}
