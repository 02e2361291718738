/** Invalid configuration. The process prints the message, which lists all errors, and exits with code 78 (EX_CONFIG). */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
export const EXIT_CONFIG = 78
