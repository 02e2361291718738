/** Configuration that cannot be used. The process prints the message, all mistakes at once, and ends with exit code 78 (EX_CONFIG). */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
export const EXIT_CONFIG = 78
