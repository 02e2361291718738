import { Link } from 'react-router'
import { formatCount } from '../../ui/format-number.js'

/** A number that opens the list of what it counts; plain text for zero. */
export function NumberLink({ count, to }: { count: number; to: string }) {
  const shown = formatCount(count)
  return count === 0 ? shown : <Link to={to}>{shown}</Link>
}
