import type { Child } from 'hono/jsx'
import { atLeast } from '../../domain/role'
import { useFrame } from './frame'
import { Notice } from './notice'

/** Disables fields that only admins may change. */
export const ForAdmins = ({ children }: { children: Child }) => {
  const { t, signedIn } = useFrame()
  if (signedIn && atLeast(signedIn.role, 'admin')) return children
  return (
    <>
      <Notice tone="idle">
        <p>{t('settings.for_admins')}</p>
      </Notice>
      <fieldset class="form" disabled>
        {children}
      </fieldset>
    </>
  )
}
