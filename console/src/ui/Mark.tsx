/** Product logo: a mesh of nodes inside a shield. Decorative, shown next to the name. */
export function Mark({ sizePx }: { sizePx: number }) {
  return (
    <svg viewBox="0 0 32 32" width={sizePx} height={sizePx} aria-hidden="true">
      <path d="M16 1.8 28 6v9.4c0 7-4.7 12.2-12 14.8-7.3-2.6-12-7.8-12-14.8V6z" fill="var(--gm-mark-shield)" />
      <path d="M16 8.5v15M9.5 12.2l13 7.5M22.5 12.2l-13 7.5" stroke="var(--gm-mark-mesh)" strokeWidth="1.5" />
      <g fill="#fff">
        <circle cx="16" cy="16" r="2.7" />
        <circle cx="16" cy="8.5" r="1.7" />
        <circle cx="16" cy="23.5" r="1.7" />
        <circle cx="9.5" cy="12.2" r="1.7" />
        <circle cx="22.5" cy="12.2" r="1.7" />
        <circle cx="9.5" cy="19.7" r="1.7" />
        <circle cx="22.5" cy="19.7" r="1.7" />
      </g>
    </svg>
  )
}
