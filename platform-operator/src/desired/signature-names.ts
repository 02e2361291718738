/** Secret with the keys of the signature server. */
export const signatureKeysSecret = (ownerName: string): string => `${ownerName}-signature-keys`
/** ConfigMap with the keys whose signature bundles are taken, one file each. */
export const signatureTrustName = (ownerName: string): string => `${ownerName}-signature-trust`

/** Keys in the Secret. */
export const CATALOG_PRIVATE_KEY = 'catalog.key'
export const CATALOG_PUBLIC_KEY = 'catalog.pub'
export const MANAGEMENT_KEY = 'management-key'
