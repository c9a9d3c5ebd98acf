/** What a person may do in an account: each role can do what those before it can. */
export const ROLES = ['viewer', 'member', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** Viewers read; members also write contacts and documents, and send; admins also change settings; owners also roles. */
export const atLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed)

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)
