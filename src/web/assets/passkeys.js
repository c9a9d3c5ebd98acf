/** Passkeys need a script: a form marked here asks its device for a credential, puts it into its field, and is sent like any other. */

const supported = Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON)

const CEREMONIES = {
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
}

// What a refused challenge means: the sign-in is too long ago.
const REFUSALS = { 403: 'StaleError' }
// Which text of the form says what happened; anything else is `failed`.
const TEXTS = { InvalidStateError: 'known', StaleError: 'stale' }

async function credentialFor(form) {
  const answer = await fetch(form.dataset.challenges, { method: 'POST' })
  if (!answer.ok) throw Object.assign(new Error(`challenge: ${answer.status}`), { name: REFUSALS[answer.status] })
  return CEREMONIES[form.dataset.passkey](await answer.json())
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.hidden = !supported
  const without = document.getElementById(form.dataset.without ?? '')
  if (without) without.hidden = supported
  const problem = form.querySelector('[role=alert]')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    problem.hidden = true
    try {
      const credential = await credentialFor(form)
      form.elements.credential.value = JSON.stringify(credential.toJSON())
      form.submit()
    } catch (error) {
      // Closing the device's own dialog is no problem to be told of.
      problem.hidden = error.name === 'NotAllowedError' || error.name === 'AbortError'
      problem.textContent = problem.dataset[TEXTS[error.name] ?? 'failed']
    }
  })
}
