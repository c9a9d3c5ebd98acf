/**
 * Signs in or registers with a passkey: a marked form gets a credential from the device, puts it into its field, and is
 * submitted.
 */

const supported = Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON)

const CEREMONIES = {
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
}

// 403 for a challenge means that the sign-in is too long ago.
const REFUSALS = { 403: 'StaleError' }
// Maps errors to the form's texts; any other error shows `failed`.
const TEXTS = { InvalidStateError: 'known', StaleError: 'stale' }

async function credentialFor(form) {
  const response = await fetch(form.dataset.challenges, { method: 'POST' })
  if (!response.ok) throw Object.assign(new Error(`challenge: ${response.status}`), { name: REFUSALS[response.status] })
  return CEREMONIES[form.dataset.passkey](await response.json())
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
      // Closing the device's dialog is not an error.
      problem.hidden = error.name === 'NotAllowedError' || error.name === 'AbortError'
      problem.textContent = problem.dataset[TEXTS[error.name] ?? 'failed']
    }
  })
}
