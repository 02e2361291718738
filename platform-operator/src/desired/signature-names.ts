/** Name of the Secret with the keys of the signature server. */
export const signatureKeysSecret = (ownerName: string): string => `${ownerName}-signature-keys`
/** Name of the ConfigMap with the public keys whose signature bundles are accepted, one file each. */
export const signatureTrustName = (ownerName: string): string => `${ownerName}-signature-trust`

/** Keys in the Secret. */
export const CATALOG_PRIVATE_KEY = 'catalog.key'
export const CATALOG_PUBLIC_KEY = 'catalog.pub'
export const MANAGEMENT_KEY = 'management-key'
