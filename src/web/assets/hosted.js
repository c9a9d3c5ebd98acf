/** The customer's page: tells once that it was looked at, and copies what is needed to pay. */

const VISIBLE_MS = 2000
const page = document.querySelector('[data-views]')

// Looked at = visible for two seconds on end; a mail scanner that opens the page and leaves is no reader.
let timer
function watch() {
  clearTimeout(timer)
  if (document.visibilityState === 'visible') timer = setTimeout(tell, VISIBLE_MS)
}
function tell() {
  document.removeEventListener('visibilitychange', watch)
  fetch(page.dataset.views, { method: 'POST', keepalive: true }).catch(() => {})
}
document.addEventListener('visibilitychange', watch)
watch()

if (navigator.clipboard)
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false
    const label = button.querySelector('[aria-live]')
    const usual = [...label.childNodes]
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy)
      label.replaceChildren(button.dataset.done)
      setTimeout(() => label.replaceChildren(...usual), 2000)
    })
  }
