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
