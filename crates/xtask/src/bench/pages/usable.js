// Reports once when what was waited for is on the page and the frame with it has been drawn.
(() => {
  const waited = WAITED;
  const look = () => {
    if (!document.querySelector(waited)) return false;
    requestAnimationFrame(() => setTimeout(() => { document.title = 'report:usable'; }));
    return true;
  };
  if (look()) return;
  const observer = new MutationObserver(() => { if (look()) observer.disconnect(); });
  observer.observe(document, { childList: true, subtree: true });
})();
