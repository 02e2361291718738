import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { isSessionOver } from '../api/errors.js'
import { logIn, verifyTotp } from '../api/queries/session.js'

/** Logs in with the password, then with a code if the account has two-factor authentication. */
export function useTwoStepLogin(onLoggedIn: () => Promise<void>) {
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [isTooLate, setTooLate] = useState(false)
  const password = useMutation({
    mutationFn: logIn,
    onMutate: () => setTooLate(false),
    onSuccess: async (result) => {
      if ('totp_required' in result) setStep('code')
      else await onLoggedIn()
    },
  })
  const code = useMutation({
    mutationFn: verifyTotp,
    onSuccess: onLoggedIn,
    onError: (error) => {
      if (!isSessionOver(error)) return
      setTooLate(true)
      setStep('password')
    },
  })
  return { step, isTooLate, password, code }
}
