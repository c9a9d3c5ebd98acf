import { atLeast, type Role } from '../../domain/role'
import { useFrame } from './frame'

/** Whether the person on this page may do what a role may: hides what would answer 403. */
export function useMay(needed: Role): boolean {
  const { signedIn } = useFrame()
  if (!signedIn) return false
  // An account that is closed can be read, and kept by its owners.
  if (signedIn.closingAt !== null && needed !== 'viewer' && needed !== 'owner') return false
  return atLeast(signedIn.role, needed)
}
