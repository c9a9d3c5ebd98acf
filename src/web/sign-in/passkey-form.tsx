import type { Child } from 'hono/jsx'
import { routes } from '../../routes'
import { Icon } from '../ui/icon'
import { PasskeyProblem } from '../ui/passkey-problem'

/** Shows a form for passkeys. It is hidden until a script finds that the browser supports them. `children` are hidden fields. */
export const PasskeyForm = ({ action, label, children }: { action: string; label: string; children: Child }) => (
  <form
    class="stack tight"
    method="post"
    action={action}
    data-passkey="get"
    data-challenges={routes.signInChallenges}
    hidden
  >
    {children}
    <input type="hidden" name="credential" />
    <button type="submit" class="block">
      <Icon name="key-round" />
      {label}
    </button>
    <PasskeyProblem />
  </form>
)
