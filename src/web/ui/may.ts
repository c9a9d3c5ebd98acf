import { atLeast, type Role } from '../../domain/role'
import { useFrame } from './frame'

/** Whether the person on this page may do what a role may: hides what would answer 403. */
export function useMay(needed: Role): boolean {
  const { signedIn } = useFrame()
  return signedIn !== undefined && atLeast(signedIn.role, needed)
}
