import { atLeast, type Role } from '../../domain/role'
import { useFrame } from './frame'

/** Returns whether the person has at least this role. Pages hide actions that would respond with 403. */
export function useMay(needed: Role): boolean {
  const { signedIn } = useFrame()
  if (!signedIn) return false
  // A closed account can only be read, and kept by its owners.
  if (signedIn.closingAt !== null && needed !== 'viewer' && needed !== 'owner') return false
  return atLeast(signedIn.role, needed)
}
