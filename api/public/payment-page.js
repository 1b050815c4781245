// The payment may go on elsewhere, on a phone say: when it stands otherwise than this page shows, the page is loaded anew.
const shown = document.querySelector('main').dataset.state;
let waitMs = 2000;

async function look() {
  if (document.visibilityState === 'visible') {
    const answer = await fetch(`${location.pathname}/state`, { cache: 'no-store' }).catch(() => undefined);
    if (answer?.ok && (await answer.text()) !== shown) return location.replace(location.pathname);
  }
  waitMs = Math.min(waitMs * 1.03, 15_000);
  setTimeout(look, waitMs);
}
setTimeout(look, waitMs);
