/** The version of this program: the one of the product. */
export const VERSION = '0.1.0'
