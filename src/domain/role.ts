/** Defines the roles of an account; each may do what those before it may. */
export const ROLES = ['viewer', 'member', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

/**
 * Compares roles. Viewers read pages; members also write contacts and documents, send, and export; admins also change settings and read who
 * changed what; owners also change roles. `test/roles.test.ts` lists the requests of each.
 */
export const atLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed)

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

/** Returns whether a role may manage people of another: owners everybody, admins those below them. */
export const mayManage = (role: Role, other: Role): boolean =>
  role === 'owner' || (role === 'admin' && !atLeast(other, 'admin'))

/** Returns the roles that a person may assign. */
export const assignableRoles = (role: Role): Role[] => ROLES.filter((other) => mayManage(role, other))

/** When a member is mailed about deliveries that failed. */
export const NOTIFY = ['at_once', 'daily', 'never'] as const
export type Notify = (typeof NOTIFY)[number]
