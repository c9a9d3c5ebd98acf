/** What a person may do in an account: each role can do what those before it can. */
export const ROLES = ['viewer', 'member', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** Viewers read; members also write contacts and documents, and send; admins also change settings; owners also roles. */
export const atLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed)

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

/** Owners see to everybody; admins to the people below them. */
export const maySeeTo = (role: Role, other: Role): boolean =>
  role === 'owner' || (role === 'admin' && !atLeast(other, 'admin'))

/** The roles that somebody may give away. */
export const rolesToGive = (role: Role): Role[] => ROLES.filter((other) => maySeeTo(role, other))

/** When a member is mailed about deliveries that failed. */
export const NOTIFY = ['at_once', 'daily', 'never'] as const
export type Notify = (typeof NOTIFY)[number]
