/** Copies texts by a button, where the browser can. */

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
