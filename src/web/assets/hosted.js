/** Reports one view of the customer's page, and copies payment details. */

const VISIBLE_MS = 2000
const page = document.querySelector('[data-views]')

// A view counts once the page was visible for two seconds, so that a mail scanner that opens it is not counted.
let timer
function startTimer() {
  clearTimeout(timer)
  if (document.visibilityState === 'visible') timer = setTimeout(reportView, VISIBLE_MS)
}
function reportView() {
  document.removeEventListener('visibilitychange', startTimer)
  fetch(page.dataset.views, { method: 'POST', keepalive: true }).catch(() => {})
}
document.addEventListener('visibilitychange', startTimer)
startTimer()

if (navigator.clipboard)
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false
    const label = button.querySelector('[aria-live]')
    const originalNodes = [...label.childNodes]
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy)
      label.replaceChildren(button.dataset.done)
      setTimeout(() => label.replaceChildren(...originalNodes), 2000)
    })
  }
